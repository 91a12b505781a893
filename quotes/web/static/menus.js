// Close Datasette's open menus on a click outside of them; only menus, so that other <details> stay as they are.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.nav-menu[open], details.actions-menu-links[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

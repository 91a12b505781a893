-- The figures of claims in words ("down 90 percent", "more than 80,000 people") and as the interval they mean.
CREATE VIEW figure_list AS
SELECT
    figure.claim_id,
    CASE figure.direction WHEN 'up' THEN 'up ' WHEN 'down' THEN 'down ' ELSE '' END
    || CASE figure.role WHEN 'from' THEN 'from ' WHEN 'to' THEN 'to ' ELSE '' END
    || CASE figure.comparator
        WHEN '~' THEN 'about ' WHEN '>' THEN 'more than ' WHEN '>=' THEN 'at least '
        WHEN '<' THEN 'less than ' WHEN '<=' THEN 'at most ' ELSE '' END
    || CASE WHEN figure.unit GLOB '[A-Z][A-Z][A-Z]' THEN figure.unit || ' ' ELSE '' END
    || CASE
        WHEN figure.value_min < figure.value_max THEN figure.low || ' to ' || figure.high
        ELSE coalesce(figure.low, figure.high) END
    || CASE
        WHEN figure.unit IS NULL OR figure.unit GLOB '[A-Z][A-Z][A-Z]' THEN ''
        WHEN coalesce(figure.value_max, figure.value_min) = 1 THEN ' ' || replace(figure.unit, '_', ' ')
        WHEN figure.unit = 'person' THEN ' people'
        WHEN figure.unit = 'man' THEN ' men'
        WHEN figure.unit = 'woman' THEN ' women'
        WHEN figure.unit = 'child' THEN ' children'
        WHEN figure.unit = 'foot' THEN ' feet'
        -- Percent, symbols of physical units (kg, km2, °C) and plurals as they stand take no further s.
        WHEN figure.unit = 'percent' OR length(figure.unit) <= 3 OR figure.unit GLOB '*[^a-z_ -]*'
            OR figure.unit GLOB '*[a-rt-z]s' THEN ' ' || replace(figure.unit, '_', ' ')
        WHEN figure.unit GLOB '*[^aeiou]y' THEN ' ' || replace(substr(figure.unit, 1, length(figure.unit) - 1), '_', ' ') || 'ies'
        WHEN figure.unit GLOB '*[sxz]' OR figure.unit GLOB '*[cs]h' THEN ' ' || replace(figure.unit, '_', ' ') || 'es'
        ELSE ' ' || replace(figure.unit, '_', ' ') || 's' END AS figure,
    figure.text AS printed,
    figure.value_min,
    figure.value_max,
    figure.comparator,
    figure.direction,
    figure.unit,
    figure.role,
    figure.start_char,
    figure.id AS figure_id
FROM (
    SELECT
        figures.*,
        CASE
            WHEN value_min IS NULL THEN NULL
            WHEN abs(value_min) >= 1e9 AND value_min / 1e7 = CAST(value_min / 1e7 AS INTEGER) THEN printf('%.12g billion', value_min / 1e9)
            WHEN abs(value_min) >= 1e6 AND value_min / 1e4 = CAST(value_min / 1e4 AS INTEGER) THEN printf('%.12g million', value_min / 1e6)
            WHEN value_min = CAST(value_min AS INTEGER) THEN printf('%,d', value_min)
            ELSE printf('%.12g', value_min) END AS low,
        CASE
            WHEN value_max IS NULL THEN NULL
            WHEN abs(value_max) >= 1e9 AND value_max / 1e7 = CAST(value_max / 1e7 AS INTEGER) THEN printf('%.12g billion', value_max / 1e9)
            WHEN abs(value_max) >= 1e6 AND value_max / 1e4 = CAST(value_max / 1e4 AS INTEGER) THEN printf('%.12g million', value_max / 1e6)
            WHEN value_max = CAST(value_max AS INTEGER) THEN printf('%,d', value_max)
            ELSE printf('%.12g', value_max) END AS high
    FROM figures
) AS figure;

"""The trained tagger: which words are source, cue and content, and which of them belong together.

`inputs` turns a page into numbers, a network (fitted by `quotes.training`) gives every word a score per label and a
pointer to the word it belongs to, `scheme` and `decoding` turn those into drafts.  No torch here.
"""

"""Article to annotated spaCy ``Doc``: one room a field, each a pipeline component.

The document is the article's title, a blank line and its text (:func:`make_doc`), so that one pass reads both;
:func:`evidence` turns a span back into a quotation of the field it stands in. Spans go into ``doc.spans`` under
``pkh_…`` keys: ``label_`` names the kind, ``id_`` the rule that found it.
"""

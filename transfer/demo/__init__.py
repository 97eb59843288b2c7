"""The demo blog: a revue in French, in the files of this folder.

- `posts/`, `pages/`: the texts, Markdown below a few lines of facts
- `comments/`: what people answered, a file an article
- `people`: who they are
- `drawings`: the pictures, drawn and printed by code
- `content`: reads those files
- `writer`: puts them into an empty blog, once
- `login`: the administrator's first password, kept until they choose their own
"""

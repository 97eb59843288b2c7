"""What is said of our posts on other sites, and telling them what we say of theirs.

https://www.w3.org/TR/webmention/, https://www.hixie.ch/specs/pingback/pingback. A voice from elsewhere is a comment: it
is judged, shown, answered and forgotten like any other. Nothing is fetched while anybody waits.

- `fetching`: asking a stranger's server, with guards
- `markup`, `entries`: reading a stranger's page
- `targets`, `verification`, `receiving`: from "that page links to yours" to a comment
- `discovery`, `sending`: from a link in a post to telling its site
- `pingback`: the same news in XML-RPC
"""

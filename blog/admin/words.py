"""What the scripts of the page one writes on say: they have no words of their own."""

from django.utils.translation import gettext as _


def for_editor():
    """Return {name: words}. `{…}` in them is filled by the scripts."""
    return {
        "toolbar": _("Formatting"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "heading": _("Heading"),
        "subheading": _("Subheading"),
        "quote": _("Quotation"),
        "bullets": _("List"),
        "numbers": _("Numbered list"),
        "code": _("Code"),
        "link": _("Link"),
        "picture": _("Picture"),
        "preview": _("Preview beside the text"),
        "full": _("Full screen"),
        "focus": _("Nothing but the text"),
        "count": _("{words} words, {minutes} min"),
        "previewFrame": _("The text as readers will see it"),
        "previewFailed": _("The preview waits for the server."),
        # the link dialog
        "linkTitle": _("Link"),
        "linkField": _("Address, or words of a title on this blog"),
        "linkWords": _("Words of the link"),
        "linkNone": _("No title holds these words."),
        "linkFound": _("{count} found; arrow keys choose."),
        "insert": _("Insert"),
        "cancel": _("Cancel"),
        # the picture dialog
        "pictureTitle": _("A picture"),
        "pictureFile": _("File"),
        "pictureAlt": _("What it shows, for those who cannot see it"),
        "pictureCaption": _("Caption, below the picture"),
        "pictureProgress": _("Sending"),
        "pictureFailed": _("The server cannot be reached. Try again in a moment."),
        # autosave
        "kept": _("Kept at {time}"),
        "keeping": _("Keeping…"),
        "unreachable": _("The server cannot be reached. Your words are kept in this browser."),
        "unreachableFull": _("The server cannot be reached, and this browser keeps nothing: copy your text."),
        "loggedOut": _("You are no longer logged in. Your words are kept in this browser:"),
        "login": _("log in in another tab, then go on here"),
        "otherPerson": _("Somebody else is logged in now. Your words are kept in this browser."),
        "seeDifference": _("See the difference"),
        "notSent": _("Nothing was sent, and nothing is lost."),
        "tooLong": _("This text has {length} characters; {most} are possible."),
        "localCopy": _("This browser kept words of {time} that never reached the server."),
        "takeUp": _("Take them up"),
        "drop": _("Throw them away"),
    }

<!-- MHonArc's own pages are of no charset; with these resources they are UTF-8, whatever the mail was in. -->
<TextEncode>
utf-8; MHonArc::UTF8::to_utf8; MHonArc/UTF8.pm
</TextEncode>
<CharsetConverters override>
default; mhonarc::htmlize
</CharsetConverters>
<TextClipFunc>
MHonArc::UTF8::clip; MHonArc/UTF8.pm
</TextClipFunc>
<MsgPgBegin>
<!doctype html>
<html><head><meta charset="utf-8"><title>$SUBJECTNA$</title></head>
<body>
</MsgPgBegin>
<IdxPgBegin>
<!doctype html>
<html><head><meta charset="utf-8"><title>$IDXTITLE$</title></head>
<body><h1>$IDXTITLE$</h1>
</IdxPgBegin>
<TIdxPgBegin>
<!doctype html>
<html><head><meta charset="utf-8"><title>$TIDXTITLE$</title></head>
<body><h1>$TIDXTITLE$</h1>
</TIdxPgBegin>

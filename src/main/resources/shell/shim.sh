#!/bin/sh
# Runs a tool of the book in the kuar session that this process belongs to; it reads, prints and ends as if it ran here.
# The session says what to do through FILE.do (read, raw, cooked, run FLAGS, exit CODE) and hears of it through its door.
folder=@FOLDER@
f=$folder/$$
if ! kill -0 @PID@ 2> /dev/null || [ ! -p "$folder/door" ]; then
  echo "${0##*/}: the kuar session that this shell belongs to has ended" >&2
  exit 3
fi
# a stream that is closed is nobody's
[ -e /dev/fd/0 ] || exec < /dev/null
[ -e /dev/fd/1 ] || exec > /dev/null
[ -e /dev/fd/2 ] || exec 2> /dev/null
tell() { echo "$1 $$ $2" > "$folder/door"; }
exec 3<&0
tty= size= in= saved= rang=
[ ! -t 0 ] || tty=i
[ ! -t 1 ] || tty=${tty}o
[ ! -t 2 ] || tty=${tty}e
# s: what goes to standard error goes where standard output goes, and in that order
[ ! /dev/fd/1 -ef /dev/fd/2 ] || tty=${tty}s
case $tty in
  *i*) size=$(@STTY@ size <&3) ;;
  *o*) size=$(@STTY@ size <&1) ;;
esac
mask=$(umask)
umask 077
@RM@ -f "$f".*
@MKFIFO@ "$f.do" "$f.in" "$f.out" "$f.err" "$f.childout" "$f.childerr" || exit 126
{
  printf '%s\0' "${0##*/}" "$PWD" "$tty" "$size" "$#" "$@"
  @ENV@ -0 2> /dev/null || @ENV@
} > "$f.call"
umask "$mask"
@CAT@ "$f.out" & out=$!
@CAT@ "$f.err" >&2 & err=$!
trap 'rang=1; tell interrupt' INT
trap 'tell gone; kill $out $err $in 2> /dev/null; exit 143' TERM HUP
[ -z "$size" ] || trap 'rang=1; tell size "$(@STTY@ size <&3)"' WINCH
tell call
exec 4< "$f.do"
while :; do
  if ! read -r word rest <&4; then
    [ -z "$rang" ] || { rang=; continue; }
    word=exit rest=3
  fi
  case $word in
    read) @CAT@ <&3 > "$f.in" & in=$! ;;
    raw)
      saved=$(@STTY@ -g <&3)
      @STTY@ -icanon -echo -isig -iexten -ixon -icrnl min 1 time 0 <&3
      ;;
    cooked)
      @STTY@ "$saved" <&3
      saved=
      ;;
    run)
      case $rest in
        *o*e*) /bin/sh "$f.run" <&3 ;;
        *o*) /bin/sh "$f.run" <&3 2> "$f.childerr" ;;
        *e*) /bin/sh "$f.run" <&3 > "$f.childout" ;;
        *) /bin/sh "$f.run" <&3 > "$f.childout" 2> "$f.childerr" ;;
      esac
      tell ended $?
      ;;
    exit) break ;;
  esac
done
[ -z "$saved" ] || @STTY@ "$saved" <&3
{ [ -z "$in" ] || kill "$in"; wait "$out" "$err"; } 2> /dev/null
exit "$rest"

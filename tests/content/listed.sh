#!/bin/sh
# Every file of the course is installed: content.mk lists what lies in lessons, exercises,
# checks and templates, and nothing else.  PC_CONTENT=write writes the list instead.
set -eu

cd "${PC_SRCDIR:?the source tree}"
export LC_ALL=C

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

find lessons exercises checks templates -type f | sort >"$work/found"
if [ "${PC_CONTENT:-}" = write ]; then
    awk -v found="$work/found" '
        /^nobase_dist_pkgdata_DATA/ {
            list = "nobase_dist_pkgdata_DATA ="
            while ((getline file <found) > 0)
                list = list " \\\n    " file
            print list
            inside = 1
        }
        inside && /^$/ { inside = 0 }
        !inside' content.mk >"$work/content.mk"
    cat "$work/content.mk" >content.mk
fi
sed -n 's/^ *\(\(lessons\|exercises\|checks\|templates\)\/[^ ]*\).*/\1/p' content.mk | sort >"$work/listed"

if ! diff "$work/found" "$work/listed" >"$work/diff"; then
    sed -n -e 's/^< /not listed in content.mk: /p' \
        -e 's/^> /listed in content.mk, but missing: /p' "$work/diff"
    exit 1
fi
echo "$(wc -l <"$work/found") files are listed"

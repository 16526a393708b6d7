#!/bin/sh
# What the tests need besides Python: a browser, a PostgreSQL server and nginx, all from Debian's packages.
# Installs them where it may (root with apt), else says what to do. With a choice of tests it only tells.
chosen="$1"
missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
  || missing="chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$missing postgresql"
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Für die Tests wird installiert: $missing"
  # shellcheck disable=SC2086
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } \
    >/dev/null </dev/null && exit 0
fi

echo "Für die Tests fehlt: $missing. Bitte installieren, zum Beispiel mit: sudo apt-get install $missing"
[ "$chosen" = "tests" ] && exit 1
exit 0

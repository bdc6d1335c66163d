# What scripts/kwm and scripts/test share: a JDK, Maven, and packages of the system. Sourced, never run.

readonly OLDEST_JDK=17

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

fail() {
    say "$*"
    exit 2
}

# Names of files and what is printed are UTF-8, also in a bare container.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    *[Uu][Tt][Ff]-8 | *[Uu][Tt][Ff]8) ;;
    *) export LC_ALL=C.UTF-8 ;;
esac

# The major version of the Java in a folder, or 0. Reads a file where there is one: starting a JVM to ask takes longer.
java_major() {
    local version=
    if [[ -r $1/release ]]; then
        version=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$1/release")
    elif [[ -x $1/bin/java ]]; then
        version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([^"]*\)".*/\1/p')
    fi
    version=${version%%[!0-9]*}
    printf '%s' "${version:-0}"
}

# Sets java_home to the first folder that has bin/$1 (java or javac) of a version new enough.
find_java() {
    local candidate major on_path
    [[ -z ${JAVA_HOME:-} || -x $JAVA_HOME/bin/java ]] || fail "JAVA_HOME has no bin/java: $JAVA_HOME"
    on_path=$(command -v "$1" || true)
    for candidate in "${JAVA_HOME:-}" "${on_path:+$(dirname "$(dirname "$(readlink -f "$on_path")")")}" /usr/lib/jvm/*; do
        [[ -n $candidate && -x $candidate/bin/$1 ]] || continue
        major=$(java_major "$candidate")
        if ((major >= OLDEST_JDK)); then
            java_home=$candidate
            return 0
        fi
        [[ $candidate != "${JAVA_HOME:-}" ]] || fail "JAVA_HOME is Java $major (expected: $OLDEST_JDK or newer): $JAVA_HOME"
    done
    return 1
}

# Installs packages of Debian or Ubuntu, saying so; leaves those that are there as they are. Asks for sudo only here.
install_packages() {
    command -v apt-get >/dev/null || fail "missing, and there is no apt-get to install it with: $*"
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "missing, and neither root nor sudo to install it with: $*"
        as_root=(sudo)
        [[ ${CI:-} != true ]] || as_root=(sudo -n)
        say "needs root to install: $*"
    fi
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
    if [[ -z ${packages_updated:-} ]]; then
        say "reading the list of packages"
        "${apt[@]}" update >&2 || fail "apt-get update failed"
        packages_updated=yes
    fi
    local packages=() package
    for package in "$@"; do
        # Newer releases have left 17 behind; their default is newer.
        if [[ $package == openjdk-17-jdk-headless && -z $(apt-cache madison "$package") ]]; then
            package=default-jdk-headless
        fi
        packages+=("$package")
    done
    say "installing ${packages[*]}"
    "${apt[@]}" install --no-install-recommends --no-upgrade "${packages[@]}" >&2 || fail "apt-get could not install: ${packages[*]}"
    hash -r
}

# Sets java_home and leaves a Maven that uses it, installing whichever is missing.
need_build_tools() {
    local missing=()
    find_java javac || missing+=(openjdk-17-jdk-headless ca-certificates)
    command -v mvn >/dev/null || missing+=(maven)
    if ((${#missing[@]})); then
        install_packages "${missing[@]}"
        find_java javac || fail "no JDK $OLDEST_JDK or newer, even after installing one"
    fi
    export JAVA_HOME=$java_home
}

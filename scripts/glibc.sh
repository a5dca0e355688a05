# shellcheck shell=bash
# Sourced by other scripts.

# Whether a library is one of the C library's, which are never copied: they belong to the machine's own loader.
is_glibc() {
    case $1 in
    ld-linux*.so.* | libc.so.* | libm.so.* | libmvec.so.* | libdl.so.* | libpthread.so.* | librt.so.*) true ;;
    libresolv.so.* | libutil.so.* | libanl.so.*) true ;;
    *) false ;;
    esac
}

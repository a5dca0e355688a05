/* A library that knows nothing of Hookgate, as one may have lain on the machine for years. */
#include <stddef.h>
#include <string.h>

/* Why a mail may not be sent, or null. */
const char *mail_check(const char *recipient, size_t recipient_length, const char *subject) {
    if (memchr(recipient, '@', recipient_length) == NULL) return "NO_DOMAIN: the recipient has no domain";
    if (subject[0] == '\0') return "NO_SUBJECT: the subject is empty";
    return NULL;
}

import PluginText

/// The kinds of personal data that are known without configuration.
///
/// A rule with a label covers the identifier alone. Rules with labels come first, since what a label says counts more
/// than a form that fits as well.
enum BuiltInRules {
    /// The rules for some kinds, compiled.
    static func rules(for types: Set<PIIType>) throws(PatternError) -> [Rule] {
        var rules: [Rule] = []
        for form in keys + labelledNumbers + labelledWords + numbers + addresses where types.contains(form.type) {
            rules.append(try Rule(form))
        }
        return rules
    }

    // Parts of patterns. `\w`, `\d` and `\s` are those of ASCII.

    /// No letter, digit or plus sign stands before, and none of our own masks, whose last digits stay.
    private static let numberStart = #"(?<![\w+])(?<!\*\*-)(?<!\*{5})"#
    /// One of ASCII; without regard to case `[a-z]` has two others as well, the long s and the sign for kelvin.
    private static let letterOrDigit = "(?-i:[A-Za-z0-9])"
    private static let ssnArea = #"(?!000|666|9)\d{3}"#
    private static let ssnGroup = #"(?!00)\d{2}"#
    private static let ssnSerial = #"(?!0000)\d{4}"#

    /// A label, what may stand between it and the identifier, and the identifier.
    private static func labelled(_ label: String, least separators: Int = 0, _ identifier: String) -> String {
        #"(?<![a-z0-9])(?:\#(label))(?:[\s_-]{1,3}(?:number|num|no|nr)\.?)?(?:\s{1,3}(?:is|on))?"#
            + #"[\s"'\\:#=-]{\#(separators),8}(\#(identifier))(?!\w)"#
    }

    private static var labelledNumbers: [RuleForm] {
        [
            RuleForm(
                .ssn,
                at: .labelledNineDigits,
                labelled(#"ssn|social[\s_-]{1,3}security"#, #"\#(ssnArea)[- ]?\#(ssnGroup)[- ]?\#(ssnSerial)"#)
            ),
            RuleForm(
                .bsn,
                at: .labelledNineDigits,
                labelled(#"bsn|citizen[\s_-]{1,3}(?:service|id)|burgerservicenummer"#, #"\d{9}"#)
            ),
            RuleForm(
                .dateOfBirth,
                at: .labelledDateDigits,
                labelled(
                    #"dob|date[\s_-]{1,3}of[\s_-]{1,3}birth|birth[\s_-]?date|birthday|born"#,
                    least: 1,
                    #"\d{1,2}[-/]\d{1,2}[-/]\d{2,4}"#
                )
            ),
        ]
    }

    private static var labelledWords: [RuleForm] {
        [
            RuleForm(.bankAccount, at: .labelledWord, labelled("(?:bank[_-]?)?(?:account|acct)", #"\d{8,17}"#)),
            RuleForm(
                .passport,
                at: .labelledWord,
                labelled("passport", least: 1, "\(letterOrDigit){6,9}"),
                check: Checks.hasDigit
            ),
            RuleForm(
                .driverLicense,
                at: .labelledWord,
                labelled("dl|licen[sc]e", least: 1, "\(letterOrDigit){5,20}"),
                check: Checks.hasDigit
            ),
            RuleForm(
                .medicalRecord,
                at: .labelledWord,
                labelled(#"mrn|medical[\s_-]{1,3}record"#, least: 1, "\(letterOrDigit){6,12}"),
                check: Checks.hasDigit
            ),
        ]
    }

    private static var numbers: [RuleForm] {
        [
            RuleForm(
                .ssn,
                at: .dashedDigits,
                numberStart + #"(?<!\d-)\#(ssnArea)-\#(ssnGroup)-\#(ssnSerial)(?!\w)(?!-\d)"#
            ),
            // Four hexadecimal digits and a dash before are a part of a UUID.
            RuleForm(
                .creditCard,
                at: .cardDigits,
                numberStart + #"(?<![0-9a-f]{4}-)\d(?:[- ]?\d){12,18}"#,
                check: Checks.isCard
            ),
            RuleForm(.phone, at: .phoneDigits, usPhone),
            RuleForm(.phone, at: .phoneDigits, internationalPhone),
            RuleForm(
                .dateOfBirth,
                at: .dateDigits,
                #"(?<!\w)(?<!\d[-/])(?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01])[-/](?:19|20)\d{2}(?!\w)(?![-/]\d)"#
            ),
            RuleForm(
                .bankAccount,
                at: .longWord,
                #"(?<!\w)(?-i:[A-Za-z]{2})\d{2}\#(letterOrDigit){11,30}(?!\w)"#,
                check: Checks.isIBAN
            ),
        ]
    }

    /// Ten digits, perhaps behind a 1; without any separator the area code is a real one, so that times in seconds
    /// are none.
    private static let usPhone =
        #"(?:(?=\()|\#(numberStart)(?<!\d[-.]))(?:\+?1[-. ]?)?"#
        + #"(?:(?:\(\d{3}\)[-. ]?|\d{3}[-. ])\d{3}[-. ]?|[2-9]\d{5}[-. ]?)\d{4}(?!\w)(?![-.]\d)"#

    /// A plus sign and 10 to 15 digits; with separators not +1, which is the rule above, and not more than 13.
    private static let internationalPhone =
        #"(?<![\w+])\+(?:[1-9]\d{9,14}|[2-9](?:\)?[-. ]?\(?\d){9,12})(?!\w)"#

    private static let byte = #"(?:25[0-5]|2[0-4]\d|[01]?\d?\d)"#

    private static var addresses: [RuleForm] {
        [
            RuleForm(.email, at: .at, EmailPattern.source),
            // A version such as 1.2.3.4.5 has more parts.
            RuleForm(.ipAddress, at: .dottedDigits, #"(?<!\w)(?<!\d\.)(?:\#(byte)\.){3}\#(byte)(?!\w)(?!\.\d)"#),
            // So has a fingerprint.
            RuleForm(
                .ipAddress,
                at: .colons,
                "(?<!\\w)(?<![0-9a-f]:)(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?!\\w)(?!:[0-9a-f])"
            ),
        ]
    }

    private static var keys: [RuleForm] {
        [
            RuleForm(.awsKey, at: .text, #"(?<!\w)AKIA[0-9A-Z]{16}(?!\w)"#),
            RuleForm(
                .awsKey,
                at: .text,
                "(?<![a-z0-9/+=])[a-z0-9/+=]{40}(?![a-z0-9/+=])",
                check: Checks.isNoDigest
            ),
            RuleForm(
                .apiKey,
                at: .text,
                #"(?<![a-z0-9])(?:api[_-]?key|api[_-]?token|access[_-]?token)["'\\]{0,2}[:=\s]{1,8}["'\\]{0,2}"#
                    + #"([a-z0-9_-]{20,})"#
            ),
        ]
    }
}

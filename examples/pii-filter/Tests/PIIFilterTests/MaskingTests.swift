import PIIFilter
import PluginPayloads
import PluginTestKit
import Testing

/// What texts become with the strategy `partial`; `nil` for a text in which nothing is found.
@Suite("Masking")
struct MaskingTests {
    static let found: [(text: String, masked: String)] = [
        (
            "My SSN is 123-45-6789 and email is john@example.com",
            "My SSN is ***-**-6789 and email is j***n@example.com"
        ),
        // Social security numbers.
        ("SSN: 123-45-6789", "SSN: ***-**-6789"),
        ("SSN: 123456789", "SSN: ***-**-6789"),
        ("ssn 123 45 6789.", "ssn ***-**-6789."),
        ("My SSN is 123456789", "My SSN is ***-**-6789"),
        ("SSN#123456789", "SSN#***-**-6789"),
        ("SSN123456789", "SSN***-**-6789"),
        ("Social Security Number: 123456789", "Social Security Number: ***-**-6789"),
        (#"{"ssn": "123456789"}"#, #"{"ssn": "***-**-6789"}"#),
        ("(667-12-3456)", "(***-**-3456)"),
        // Dutch citizen service numbers.
        ("My BSN is 180774955. Store it", "My BSN is *****4955. Store it"),
        ("Citizen ID: 180774955", "Citizen ID: *****4955"),
        ("citizen service number 180774955", "citizen service number *****4955"),
        ("Burgerservicenummer: 180774955", "Burgerservicenummer: *****4955"),
        // Cards.
        ("4111-1111-1111-1111", "****-****-****-1111"),
        ("4111111111111111", "****-****-****-1111"),
        ("4111 1111 1111 1111", "****-****-****-1111"),
        ("4111-1111-1111-1111 12/27 123", "****-****-****-1111 12/27 123"),
        ("4111111111111111 123", "****-****-****-1111 123"),
        ("order 1234 4111 1111 1111 1111", "order 1234 ****-****-****-1111"),
        ("3782 822463 10005", "****-****-****-0005"),
        ("5555555555554444", "****-****-****-4444"),
        ("6011111111111117", "****-****-****-1117"),
        ("**4111-1111-1111-1111**", "******-****-****-1111**"),
        // Addresses.
        ("bob@x.com", "b***b@x.com"),
        ("jo@x.com", "***@x.com"),
        ("a.b@sub.example.com", "a***b@sub.example.com"),
        ("test@example.com.", "t***t@example.com."),
        ("<john.doe+tag@example.co.uk>", "<j***g@example.co.uk>"),
        ("**john@example.com**", "**j***n@example.com**"),
        ("josé.ünal@müller.de", "j***l@müller.de"),
        ("mail：john@example.com。", "mail：j***n@example.com。"),
        ("电邮john@example.com号", "电邮j***n@example.com号"),
        ("...john@example.com...", "...j***n@example.com..."),
        ("john@xn--mller-kva.xn--p1ai", "j***n@xn--mller-kva.xn--p1ai"),
        // Phones.
        ("+353871234567", "***-***-4567"),
        ("(555) 123-4567", "***-***-4567"),
        ("call (555)123-4567.", "call ***-***-4567."),
        ("+1 555 123 4567", "***-***-4567"),
        ("+1-555-123-4567", "***-***-4567"),
        ("1 (555) 123-4567", "***-***-4567"),
        ("5551234567", "***-***-4567"),
        ("555-123-4567", "***-***-4567"),
        ("555.123.4567", "***-***-4567"),
        ("123-456-7890", "***-***-7890"),
        ("(+44 20 7946 0958)", "(***-***-0958)"),
        ("+44 20 7946 0958 10 people", "***-***-0958 10 people"),
        ("电话555-123-4567号", "电话***-***-4567号"),
        ("**555-123-4567**", "*****-***-4567**"),
        // Addresses of machines.
        ("host 192.168.1.1:8080", "host 1*********1:8080"),
        (
            "2001:0db8:85a3:0000:0000:8a2e:0370:7334 is up",
            "2*************************************4 is up"
        ),
        ("abcd:abcd:abcd:abcd:abcd:abcd:abcd:abcd", "a*************************************d"),
        // Dates of birth.
        ("DOB: 01/15/1990", "DOB: 0********0"),
        ("born on 1/5/90", "born on 1****0"),
        ("Date of Birth: 1-5-1990", "Date of Birth: 1******0"),
        ("on 12/31/1999", "on 1********9"),
        // Papers and records.
        ("Passport: AB1234567", "Passport: A*******7"),
        ("Passport No. 123456789", "Passport No. 1*******9"),
        ("passport number is AB123456", "passport number is A******6"),
        ("DL: D1234567", "DL: D******7"),
        ("Driver's License: D1234567", "Driver's License: D******7"),
        ("License Number: D1234567", "License Number: D******7"),
        ("MRN: ABC12345", "MRN: A******5"),
        ("Medical Record #12345678", "Medical Record #1******8"),
        // Accounts.
        ("Account: 123456789", "Account: [REDACTED]"),
        ("acct 12345678", "acct [REDACTED]"),
        ("Bank Account Number: 12345678901234567", "Bank Account Number: [REDACTED]"),
        ("Account: 5551234567", "Account: [REDACTED]"),
        ("GB29NWBK6016133", "GB*********6133"),
        ("IBAN DE89370400440532013000.", "IBAN DE****************3000."),
        // What stands side by side.
        ("123-45-6789,555-123-4567", "***-**-6789,***-***-4567"),
        ("555-123-4567 4111 1111 1111 1111", "***-***-4567 ****-****-****-1111"),
        ("a@b.com,c@d.org", "***@b.com,***@d.org"),
        ("👩‍👩‍👧 123-45-6789 👍🏽", "👩‍👩‍👧 ***-**-6789 👍🏽"),
    ]

    @Test("masks the identifier alone, and the same again when the text comes back", arguments: found)
    func masks(_ example: (text: String, masked: String)) async throws {
        let harness = try PluginHarness(PIIFilter.self, configuration: ["default_mask_strategy": "partial"])
        for (text, expected) in [(example.text, example.masked), (example.masked, nil)] {
            let result = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": .string(text)])
            #expect(result.error == nil)
            #expect(result.modified == expected.map { ["result": .string($0)] })
            #expect(result.metadata.isEmpty == (expected == nil))
        }
    }

    @Test(
        "finds nothing",
        arguments: [
            "", "there are 42 items in 2024", "j***n@example.com", "***@x.com", "***-**-6789", "[REDACTED]",
            // Impossible social security numbers, and numbers without a label.
            "000-12-3456", "666-12-3456", "901-12-3456", "123-00-4567", "123-45-0000", "123456789",
            "SSN: 000123456", "1123-45-6789", "123-45-67890", "2024-123-45-6789",
            // No cards.
            "4111-1111-1111-1112", "0000-0000-0000-0000", "1234567890123456",
            // Times, versions, amounts.
            "Timestamp 20250324123045", "2025-03-24T12:30:45.123Z", "2025-03-24 12:30:45", "2024-01-15",
            "1711283445", "1711283445123", "v1.2.3.4", "1.2.3.4.5", "2.10.3", "$1,299.50 and 3.14159",
            "12:30:45 14:30:00 10:00", "2019 2020 2021 2022 2023", "ISBN 9780306406157",
            // Identifiers of machines.
            "550e8400-e29b-41d4-a716-446655440000", "123e4567-e89b-12d3-a456-426614174000",
            "d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "::1",
            "00:1b:44:11:3a:b7", "16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48", "999.999.999.999",
            // Labels and other words.
            "the license agreement", "passport control", "medical record keeping", "DL download",
            "account manager", "account 2024", "born in 1990",
            // No addresses.
            "user@localhost", "pkg@1.2.3", "@john", "john@", "a@b", "e.g. @ home",
            "3.5 %", "5551234567890", "555-123-4567-89", "٥٥٥-١٢٣-٤٥٦٧",
        ]
    )
    func findsNothing(_ text: String) async throws {
        let harness = try PluginHarness(PIIFilter.self, configuration: ["default_mask_strategy": "partial"])
        let result = try await harness.invoke("tool_pre_invoke", payload: ["name": "t", "args": ["a": .string(text)]])
        #expect(result == HarnessResult())
    }
}

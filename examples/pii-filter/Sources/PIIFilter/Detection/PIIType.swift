/// A kind of personal data, by the name that configurations and results use.
package struct PIIType: Hashable, Sendable {
    /// The name, such as `credit_card`.
    package let name: String

    /// Names a kind; of a custom pattern any name will do.
    package init(_ name: String) {
        self.name = name
    }

    package static let ssn = PIIType("ssn")
    package static let bsn = PIIType("bsn")
    package static let creditCard = PIIType("credit_card")
    package static let email = PIIType("email")
    package static let phone = PIIType("phone")
    package static let ipAddress = PIIType("ip_address")
    package static let dateOfBirth = PIIType("date_of_birth")
    package static let passport = PIIType("passport")
    package static let driverLicense = PIIType("driver_license")
    package static let bankAccount = PIIType("bank_account")
    package static let medicalRecord = PIIType("medical_record")
    package static let awsKey = PIIType("aws_key")
    package static let apiKey = PIIType("api_key")
    package static let custom = PIIType("custom")
}

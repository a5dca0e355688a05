import Glibc

extension SandboxPolicy.User {
    /// Looks a user up, by name or number; for the gateway, since the worker has no access to the list any more.
    ///
    /// - Parameter name: A name, a number of a user, or `UID:GID`.
    package init?(named name: String) {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map { UInt32($0) }
        switch (parts.first, parts.count) {
        case (let uid??, 2):
            guard let gid = parts[1] else { return nil }
            self.init(uid: uid, gid: gid)
        case (let uid??, 1):
            var found = Self.nobody
            let isKnown = unsafe Self.look(into: &found) { record, buffer, result in
                unsafe getpwuid_r(uid, record, buffer, Self.bufferSize, result)
            }
            self.init(uid: uid, gid: isKnown ? found.gid : uid)
        default:
            var found = Self.nobody
            let isKnown = unsafe Self.look(into: &found) { record, buffer, result in
                unsafe getpwnam_r(name, record, buffer, Self.bufferSize, result)
            }
            guard isKnown else { return nil }
            self = found
        }
    }

    /// More than any entry of a user needs.
    private static let bufferSize = 16_384

    private typealias Question = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>,
        UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32

    private static func look(into user: inout Self, _ question: Question) -> Bool {
        var record = unsafe passwd()
        var result: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: bufferSize)
        let failure = unsafe question(&record, &buffer, &result)
        guard failure == 0, unsafe result != nil else { return false }
        user = unsafe Self(uid: record.pw_uid, gid: record.pw_gid)
        return true
    }
}

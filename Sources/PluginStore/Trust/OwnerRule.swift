/// Whose a file may be, and who may be able to write to it.
///
/// It is the rule of `StrictModes` in OpenSSH: the file, and each directory from it up to `/`, belongs to root or to the
/// user of this process, and neither group nor others may write to it. One thing is added: a directory that holds
/// another one of the chain may be open to all if it is sticky, as `/tmp` is, for nobody can rename or remove in it what
/// is not theirs. And as in Debian's OpenSSH the group may write if it is the user's own, of which nobody else is a
/// member: where each user has one, everything is made so.
package struct OwnerRule: Sendable {
    /// The user that this process runs as.
    package let user: UInt32
    /// The user's own group, if there is one that nobody else is a member of.
    package let privateGroup: UInt32?

    /// What is looked at.
    package enum Place: Sendable {
        case file
        /// The directory that the file is in.
        case directory
        /// A directory further up.
        case directoryAbove
    }

    package init(user: UInt32, privateGroup: UInt32? = nil) {
        self.user = user
        self.privateGroup = privateGroup
    }

    /// Why a file or directory is not trusted; `nil` if it is.
    package func fault(
        at path: String,
        _ place: Place,
        owner: UInt32,
        group: UInt32,
        permissions: UInt32
    ) -> TrustFault? {
        guard owner == 0 || owner == user else { return .owned(path: path, owner: owner, user: user) }
        let isSticky = permissions & 0o1000 != 0
        let writers: UInt32 = group == privateGroup ? 0o002 : 0o022
        if permissions & writers == 0 || (place == .directoryAbove && isSticky) { return nil }
        return .writable(path: path, permissions: permissions)
    }

    func check(_ status: FileStatus, _ place: Place, at path: String, of file: String) throws(StoreError) {
        if let fault = fault(at: path, place, owner: status.owner, group: status.group, permissions: status.permissions)
        {
            throw .untrusted(path: file, fault)
        }
    }
}

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

    /// The rule for the user of this process.
    package static var ofThisProcess: OwnerRule {
        OwnerRule(user: ProcessID.user, privateGroup: PrivateGroup.ofThisProcess)
    }

    /// Why somebody else could change what a directory holds, or put another one in its place; `nil` if nobody could.
    ///
    /// Symbolic links are followed.
    package func fault(inDirectory path: String) throws(StoreError) -> TrustFault? {
        try fault(onWayTo: try Directory.absolutePath(path) + "/")
    }

    /// What is wrong with the directories that an absolute path without symbolic links goes through.
    func fault(onWayTo path: String) throws(StoreError) -> TrustFault? {
        // From the root downwards: what is looked up in a directory counts only once the directory is trusted.
        let directories = Directory.above(path)
        for directory in directories {
            guard let status = try FileStatus.of(directory) else { throw .beingWritten(path: path) }
            let place: OwnerRule.Place = directory == directories.last ? .directory : .directoryAbove
            if let fault = fault(of: status, place, at: directory) { return fault }
        }
        return nil
    }

    func fault(of status: FileStatus, _ place: Place, at path: String) -> TrustFault? {
        fault(at: path, place, owner: status.owner, group: status.group, permissions: status.permissions)
    }
}

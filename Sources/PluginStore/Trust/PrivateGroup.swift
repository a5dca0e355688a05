import Glibc

/// The group that a user has for himself: named after him, and with no other members.
package enum PrivateGroup {
    /// A user as the system's data base has him.
    package struct Account {
        let name: String
        let user: UInt32
        let group: UInt32

        package init(_ name: String, user: UInt32, group: UInt32) {
            (self.name, self.user, self.group) = (name, user, group)
        }
    }

    /// That of the user of this process; root has none, whose files are everybody's.
    static let ofThisProcess: UInt32? = find()

    /// The group of a user, if it is his own.
    ///
    /// - Parameters:
    ///   - account: The user.
    ///   - groupName: The name of his group.
    ///   - members: Who the group itself says is in it.
    ///   - others: All accounts: users are in a group also because it is their first one, which the group does not say.
    /// - Returns: `nil` if others are in the group, or it has another name.
    package static func group(
        of account: Account,
        named groupName: String,
        members: [String],
        among others: some Sequence<Account>
    ) -> UInt32? {
        guard account.user != 0, account.name == groupName, members.allSatisfy({ $0 == account.name }) else {
            return nil
        }
        let isShared = others.contains { $0.group == account.group && $0.user != account.user && $0.user != 0 }
        return isShared ? nil : account.group
    }

    // Asked once in the life of the process, before anybody else asks: the lookups share memory, which is the C
    // library's and lasts until the next one. Texts end with a NUL, and the list of members with a null pointer.

    private static func find() -> UInt32? {
        guard ProcessID.user != 0, let entry = unsafe getpwuid(ProcessID.user), let own = unsafe account(entry.pointee),
            let group = unsafe getgrgid(own.group)?.pointee, let name = unsafe group.gr_name
        else { return nil }
        var members: [String] = []
        var member = unsafe group.gr_mem
        while let name = unsafe member?.pointee {
            members.append(unsafe String(cString: name))
            unsafe member = unsafe member.map { unsafe $0 + 1 }
        }
        // By the switch of the system's name services, and not from /etc/passwd alone, where users of a network are not.
        setpwent()
        defer { endpwent() }
        let accounts = sequence(state: ()) { _ in unsafe getpwent().flatMap { unsafe account($0.pointee) } }
        return self.group(of: own, named: unsafe String(cString: name), members: members, among: accounts)
    }

    private static func account(_ entry: passwd) -> Account? {
        guard let name = unsafe entry.pw_name else { return nil }
        return unsafe Account(String(cString: name), user: entry.pw_uid, group: entry.pw_gid)
    }
}

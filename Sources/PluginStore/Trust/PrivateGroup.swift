import Glibc

/// The group that a user has for himself: named after him, and with no other members.
enum PrivateGroup {
    /// That of the user of this process; root has none, whose files are everybody's.
    static let ofThisProcess: UInt32? = of(ProcessID.user)

    private static func of(_ user: uid_t) -> UInt32? {
        // Read once in the life of the process, before anybody else asks: the lookups share memory.
        guard user != 0, let account = unsafe getpwuid(user)?.pointee, let name = unsafe account.pw_name else {
            return nil
        }
        guard let group = unsafe getgrgid(account.pw_gid)?.pointee, let groupName = unsafe group.gr_name,
            unsafe strcmp(name, groupName) == 0
        else { return nil }
        var member = unsafe group.gr_mem
        while let other = unsafe member?.pointee {
            guard unsafe strcmp(other, name) == 0 else { return nil }
            unsafe member = unsafe member.map { unsafe $0 + 1 }
        }
        return unsafe account.pw_gid
    }
}

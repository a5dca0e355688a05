import Glibc
import PluginStore
import Testing

@Suite("Owners and modes of a plugin's file and the directories above it")
struct OwnerTests {
    let here: TemporaryDirectory
    let store: ContentStore
    let file: String

    init() throws {
        here = try TemporaryDirectory()
        store = try ContentStore(directory: here("store"))
        try Files.check(unsafe mkdir(here("top"), 0o755), "mkdir")
        try Files.check(unsafe mkdir(here("top/plugins"), 0o755), "mkdir")
        file = try here.write("abc", to: "top/plugins/a.so")
        try Files.setMode(0o644, file)
    }

    private enum Verdict { case trusted, owned, writable }

    private static let rows: [(place: OwnerRule.Place, owner: UInt32, mode: UInt32, Verdict)] = [
        (.file, 0, 0o644, .trusted), (.file, 1_000, 0o644, .trusted), (.file, 1_000, 0o755, .trusted),
        (.file, 1_000, 0o000, .trusted), (.file, 1_000, 0o4755, .trusted), (.file, 1_001, 0o644, .owned),
        (.file, 65_534, 0o400, .owned), (.file, 1_000, 0o664, .writable), (.file, 0, 0o646, .writable),
        (.file, 0, 0o620, .writable), (.file, 0, 0o602, .writable), (.file, 0, 0o1666, .writable),
        (.directory, 0, 0o755, .trusted), (.directory, 1_000, 0o700, .trusted), (.directory, 1_001, 0o755, .owned),
        (.directory, 1_000, 0o775, .writable), (.directory, 0, 0o757, .writable), (.directory, 0, 0o1777, .writable),
        (.directoryAbove, 0, 0o755, .trusted), (.directoryAbove, 0, 0o1777, .trusted),
        (.directoryAbove, 1_000, 0o1770, .trusted), (.directoryAbove, 1_001, 0o1777, .owned),
        (.directoryAbove, 0, 0o777, .writable), (.directoryAbove, 1_000, 0o775, .writable),
        (.directoryAbove, 1_001, 0o700, .owned),
    ]

    @Test("belong to root or this user, and are closed to other writers; above them, they may be sticky")
    func rule() {
        for row in Self.rows {
            let expected: TrustFault? =
                switch row.3 {
                case .trusted: nil
                case .owned: .owned(path: "/x", owner: row.owner, user: 1_000)
                case .writable: .writable(path: "/x", permissions: row.mode)
                }
            let fault = OwnerRule(user: 1_000)
                .fault(at: "/x", row.place, owner: row.owner, group: 1_000, permissions: row.mode)
            #expect(fault == expected, "\(row)")
        }
        // Root takes root's alone.
        let fault = OwnerRule(user: 0).fault(at: "/x", .file, owner: 1_000, group: 0, permissions: 0o644)
        #expect(fault == .owned(path: "/x", owner: 1_000, user: 0))
    }

    @Test("may be open to a group that is the user's own")
    func privateGroup() {
        let rule = OwnerRule(user: 1_000, privateGroup: 1_000)
        func fault(_ group: UInt32, _ mode: UInt32) -> TrustFault? {
            rule.fault(at: "/x", .directory, owner: 1_000, group: group, permissions: mode)
        }
        #expect(fault(1_000, 0o775) == nil)
        #expect(fault(1_000, 0o777) == .writable(path: "/x", permissions: 0o777))
        #expect(fault(1_001, 0o775) == .writable(path: "/x", permissions: 0o775))
    }

    /// What is changed, and what is then said of which path.
    @Test(
        "are looked at each time",
        arguments: [
            ("top/plugins/a.so", 0o664), ("top/plugins/a.so", 0o602), ("top/plugins", 0o775), ("top/plugins", 0o1777),
            ("top", 0o757), ("", 0o770),
        ] as [(String, mode_t)]
    )
    func modes(name: String, mode: mode_t) throws {
        #expect(try store.ingest(path: file).size == 3)
        let path = name.isEmpty ? here.path : here(name)
        try Files.setMode(mode, path)
        let error = StoreError.untrusted(path: file, .writable(path: path, permissions: UInt32(mode)))
        #expect(throws: error) { try store.ingest(path: file) }
        #expect(throws: error) { try TrustPolicy().bytes(of: file) }
        #expect(try store.ingest(path: file, trust: TrustPolicy(checksOwners: false)).size == 3)
    }

    @Test("may be sticky above, as /tmp is")
    func sticky() throws {
        try Files.setMode(0o1777, here("top"))
        #expect(try store.ingest(path: file).size == 3)
    }

    @Test("are those of the file that a symbolic link leads to, and of the directory that the link is in")
    func links() throws {
        try Files.check(unsafe mkdir(here("open"), 0o777), "mkdir")
        let links = here("links")
        try Files.check(unsafe mkdir(links, 0o755), "mkdir")
        for directory in [here("open"), links] {
            try Files.check(unsafe symlink(file, directory + "/link.so"), "symlink")
        }
        #expect(try store.ingest(path: links + "/link.so").size == 3)
        // Whoever may put a link there chooses what runs, also among files that are in order.
        for (directory, mode) in [(here("open"), 0o777), (links, 0o1777)] as [(String, mode_t)] {
            try Files.setMode(mode, directory)
            let path = directory + "/link.so"
            let fault = TrustFault.writable(path: directory, permissions: UInt32(mode))
            #expect(throws: StoreError.untrusted(path: path, fault)) { try store.ingest(path: path) }
        }
        let other = try here.write("x", to: "open/other.so")
        try Files.check(unsafe symlink(other, here("top/plugins/link.so")), "symlink")
        let path = here("top/plugins/link.so")
        #expect(throws: StoreError.untrusted(path: path, .writable(path: here("open"), permissions: 0o777))) {
            try store.ingest(path: path)
        }
    }

    @Test("of a directory are looked at all the way to the root")
    func directories() throws {
        let rule = OwnerRule.ofThisProcess
        #expect(try rule.fault(inDirectory: here("top/plugins")) == nil)
        #expect(try rule.fault(inDirectory: "/") == nil)
        try Files.check(unsafe symlink(here("top"), here("link")), "symlink")
        for (name, mode) in [("top/plugins", 0o1777), ("top/plugins", 0o775), ("top", 0o757)] as [(String, mode_t)] {
            try Files.setMode(mode, here(name))
            let fault = TrustFault.writable(path: here(name), permissions: UInt32(mode))
            #expect(try rule.fault(inDirectory: here("top/plugins")) == fault)
            #expect(try rule.fault(inDirectory: here("link/plugins/")) == fault)
            try Files.setMode(0o755, here(name))
        }
        #expect(throws: StoreError.system(operation: "examine", path: here("none"), number: ENOENT)) {
            try rule.fault(inDirectory: here("none"))
        }
    }

    private typealias Account = PrivateGroup.Account

    /// Who else there is, and whether the group of `ada` is still her own.
    private static let accounts: [(others: [Account], members: [String], isOwn: Bool)] = [
        ([], [], true), ([], ["ada"], true), ([], ["bob"], false), ([], ["ada", "bob"], false),
        ([Account("bob", user: 1_001, group: 1_001)], [], true),
        ([Account("bob", user: 1_001, group: 1_000)], [], false),
        ([Account("bob", user: 1_001, group: 1_001), Account("eve", user: 1_002, group: 1_000)], ["ada"], false),
        // Another name of the same user, and root, who may everything anyway.
        ([Account("ada2", user: 1_000, group: 1_000), Account("toor", user: 0, group: 1_000)], [], true),
    ]

    @Test("know a user's own group by all who are in it, also those whose first group it is")
    func ownGroup() {
        let ada = Account("ada", user: 1_000, group: 1_000)
        for row in Self.accounts {
            let group = PrivateGroup.group(of: ada, named: "ada", members: row.members, among: [ada] + row.others)
            #expect(group == (row.isOwn ? 1_000 : nil), "\(row)")
        }
        #expect(PrivateGroup.group(of: ada, named: "users", members: [], among: [ada]) == nil)
        let root = Account("root", user: 0, group: 0)
        #expect(PrivateGroup.group(of: root, named: "root", members: [], among: [root]) == nil)
    }

    @Test("of somebody else are refused", .enabled(if: canGiveAway, "only root can give a file to another user"))
    func owners() throws {
        for name in ["top/plugins/a.so", "top/plugins", "top"] {
            try Files.check(unsafe chown(here(name), 54_321, getgid()), "chown")
            let fault = TrustFault.owned(path: here(name), owner: 54_321, user: geteuid())
            #expect(throws: StoreError.untrusted(path: file, fault)) { try store.ingest(path: file) }
            try Files.check(unsafe chown(here(name), geteuid(), getgid()), "chown")
        }
        #expect(try store.ingest(path: file).size == 3)
    }

    /// Whether a file can be given to another user here: root can, unless a namespace has no other.
    private static var canGiveAway: Bool {
        guard let here = try? TemporaryDirectory(), let file = try? here.write("x", to: "x") else { return false }
        return unsafe chown(file, 54_321, getgid()) == 0
    }

    @Test("a file that is replaced while it is looked at is refused or read whole, and never the other's rights count")
    func replaced() throws {
        let open = try here.write("evil", to: "top/evil.so")
        try Files.setMode(0o666, open)
        let policy = TrustPolicy()
        for _ in 0..<50 {
            try Files.check(unsafe rename(file, here("top/plugins/b.so")), "rename")
            try Files.check(unsafe link(open, file), "link")
            #expect(throws: StoreError.untrusted(path: file, .writable(path: file, permissions: 0o666))) {
                try policy.bytes(of: file)
            }
            try Files.check(unsafe rename(here("top/plugins/b.so"), file), "rename")
            #expect(try policy.bytes(of: file) == Array("abc".utf8))
        }
    }

    @Test(
        "are refused with what is wrong and the mend",
        arguments: [
            (
                .writable(path: "/x/a.so", permissions: 0o664),
                "it may be written by its group (mode 0664): chmod g-w /x/a.so, or set trust.check_owner: false"
            ),
            (
                .writable(path: "/x", permissions: 0o1777),
                "/x may be written by its group and everybody (mode 1777): chmod go-w /x, or set trust.check_owner: false"
            ),
            (
                .writable(path: "/x", permissions: 0o702),
                "/x may be written by everybody (mode 0702): chmod o-w /x, or set trust.check_owner: false"
            ),
            (
                .owned(path: "/x/a.so", owner: 7, user: 0),
                "it belongs to user 7, and has to belong to root: chown it, or set trust.check_owner: false"
            ),
            (
                .owned(path: "/x", owner: 7, user: 8),
                "/x belongs to user 7, and has to belong to root or to user 8, which this process runs as: chown it, or "
                    + "set trust.check_owner: false"
            ),
        ] as [(TrustFault, String)]
    )
    func texts(fault: TrustFault, text: String) {
        #expect(StoreError.untrusted(path: "/x/a.so", fault).description == "/x/a.so: " + text)
    }
}

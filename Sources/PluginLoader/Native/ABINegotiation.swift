import CHookgate

/// Whether a plugin's table fits this runtime; the refusal names the field that differs.
enum ABINegotiation {
    /// Members that this runtime needs, with the first byte after each.
    private static let members: [(name: String, end: Int)] = [
        ("struct_size", 4), ("abi_major", 6), ("abi_minor", 8), ("flags", 12), ("reserved", 16), ("name", 32),
        ("version", 48), ("self", 56), ("start", 64), ("stop", 72), ("health", 80), ("cancel", 88), ("destroy", 96),
    ]

    /// Checks the version that is readable from the file, before any of its code runs.
    static func check(noteMajor major: UInt32, minor: UInt32) throws(LoadError) {
        guard major == UInt32(HG_ABI_MAJOR) else {
            throw LoadError(
                "abi_major: the plugin has \(major), this runtime speaks \(HG_ABI_MAJOR); "
                    + "build the plugin against the PluginSDK of this release")
        }
        guard major != 0 || minor <= UInt32(HG_ABI_MINOR) else {
            throw LoadError(
                "abi_minor: the plugin has 0.\(minor), this runtime speaks 0.\(HG_ABI_MINOR); "
                    + "update the runtime, or build the plugin against its PluginSDK")
        }
    }

    /// Checks the table that the entry has filled.
    static func check(_ table: hg_plugin) throws(LoadError) {
        let size = unsafe Int(table.struct_size)
        let needed = unsafe MemoryLayout<hg_plugin>.size
        if let missing = members.first(where: { $0.end > size }) {
            throw LoadError(
                "struct_size: the plugin's table has \(size) bytes, so `\(missing.name)` is missing; "
                    + "\(needed) are needed: set struct_size to sizeof(hg_plugin)")
        }
        try unsafe check(noteMajor: UInt32(table.abi_major), minor: UInt32(table.abi_minor))
        let unknown = unsafe table.flags & ~UInt32(HG_PLUGIN_SERIAL)
        guard unknown == 0 else {
            throw LoadError("flags: \(unknown) is unknown; the plugin was built for a newer runtime")
        }
    }
}

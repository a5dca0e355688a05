import PluginLoader

/// Libraries that the system's loader knows by name.
enum SystemLibraries {
    private static let folders = [
        "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib",
    ]

    /// Whether a library is the system's: named without a path, and really in one of these folders.
    ///
    /// What the system's packages have installed needs no digest and no signature. A symbolic link to elsewhere does.
    static func includes(_ library: String) -> Bool {
        guard !library.contains("/"), let path = try? path(of: library), let real = Paths.real(path) else {
            return false
        }
        return folders.contains { real.hasPrefix("\($0)/") }
    }

    /// The path of a library: as it is given, or in the folders that the loader searches by itself.
    static func path(of library: String) throws(LoadError) -> String {
        guard !library.contains("/") else { return library }
        let paths = folders.map { "\($0)/\(library)" }
        guard let path = paths.first(where: { FileIdentity($0)?.isRegular == true }) else {
            throw LoadError("no library \"\(library)\" in \(folders.joined(separator: ", ")); give its path")
        }
        return path
    }
}

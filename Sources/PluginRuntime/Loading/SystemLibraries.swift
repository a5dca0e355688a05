import PluginLoader

/// Libraries that the system's loader knows by name.
enum SystemLibraries {
    /// The path of a library: as it is given, or in the folders that the loader searches by itself.
    static func path(of library: String) throws(LoadError) -> String {
        guard !library.contains("/") else { return library }
        let folders = [
            "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib",
        ]
        let paths = folders.map { "\($0)/\(library)" }
        guard let path = paths.first(where: { FileIdentity($0)?.isRegular == true }) else {
            throw LoadError("no library \"\(library)\" in \(folders.joined(separator: ", ")); give its path")
        }
        return path
    }
}

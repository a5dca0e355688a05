import Glibc

/// What tells whether a file is still the one that was read.
struct FileIdentity: Hashable {
    let isDirectory: Bool
    let isRegular: Bool
    private let device: UInt
    private let inode: UInt
    private let size: Int
    private let modified: Int
    private let modifiedNanoseconds: Int
    private let changed: Int
    private let changedNanoseconds: Int

    /// Looks at a file; `nil` if there is none.
    init?(_ path: String) {
        var information = stat()
        guard unsafe stat(path, &information) == 0 else { return nil }
        isDirectory = information.st_mode & S_IFMT == S_IFDIR
        isRegular = information.st_mode & S_IFMT == S_IFREG
        device = UInt(information.st_dev)
        inode = UInt(information.st_ino)
        size = Int(information.st_size)
        modified = information.st_mtim.tv_sec
        modifiedNanoseconds = information.st_mtim.tv_nsec
        changed = information.st_ctim.tv_sec
        changedNanoseconds = information.st_ctim.tv_nsec
    }
}

/// Paths.
enum Paths {
    /// The absolute path without symbolic links; `nil` if nothing is there.
    static func real(_ path: String) -> String? {
        guard let result = unsafe realpath(path, nil) else { return nil }
        // The caller of `realpath` frees its result, which ends with a NUL.
        defer { unsafe free(result) }
        return unsafe String(cString: result)
    }
}

/// Directories.
enum Directory {
    /// The names in a directory, sorted; `nil` if it cannot be read.
    static func names(in path: String) -> [String]? {
        guard let directory = unsafe opendir(path) else { return nil }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            // The name is NUL-terminated within the entry, which is valid until the next call.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

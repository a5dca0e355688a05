import Glibc

/// The threads of this process by their names, as the kernel knows them.
enum ThreadList {
    /// The name of the thread that runs this.
    static var currentName: String { name(in: "/proc/thread-self/comm") ?? "" }

    /// Waits until so many threads have a name that begins like this.
    static func until(_ prefix: String, number: Int) async {
        while names.count(where: { $0.hasPrefix(prefix) }) != number { await Task.yield() }
    }

    private static var names: [String] {
        guard let directory = unsafe opendir("/proc/self/task") else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            // The kernel ends the entry's name with a zero.
            let thread = unsafe withUnsafePointer(to: &entry.pointee.d_name.0) { unsafe String(cString: $0) }
            if let name = name(in: "/proc/self/task/\(thread)/comm") { names.append(name) }
        }
        return names
    }

    private static func name(in path: String) -> String? {
        guard let file = unsafe fopen(path, "r") else { return nil }
        defer { unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 32)
        guard unsafe fgets(&line, Int32(line.count), file) != nil else { return nil }
        return String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

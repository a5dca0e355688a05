/// The bundled libraries that a plugin needs, directly or through others.
///
/// A plugin's own search path does not lead to them, so they are opened by path before it.
package enum LibraryClosure {
    /// A bundled library that cannot be read further.
    package struct Failure: Error, Equatable, CustomStringConvertible {
        package var path: String
        package var reason: ELFError

        package init(path: String, reason: ELFError) {
            (self.path, self.reason) = (path, reason)
        }

        package var description: String { "\(path): \(reason)" }
    }

    /// The paths to open, dependencies first, each once.
    ///
    /// `directory` is the absolute path of the bundled libraries; what is not in it is the system's. `read` gives the
    /// bytes of a file, or nil if there is none at that path.
    package static func paths(
        of image: ELFImage,
        in directory: String,
        read: (_ path: String) -> [UInt8]?
    ) throws(Failure) -> [String] {
        var paths: [String] = []
        var seen: Set<String> = []
        // Libraries whose needs are being looked at, the plugin first: no recursion, however long the chain.
        var open: [(path: String?, needed: ArraySlice<String>)] = [(nil, image.needed[...])]
        while let library = open.last {
            guard let name = library.needed.first else {
                if let path = library.path { paths.append(path) }
                open.removeLast()
                continue
            }
            open[open.count - 1].needed.removeFirst()
            // A name with a slash is a path, which is not searched for.
            guard !name.isEmpty, !name.contains("/"), seen.insert(name).inserted else { continue }
            let path = "\(directory)/\(name)"
            guard let bytes = read(path) else { continue }
            open.append((path, try needed(bytes, path)[...]))
        }
        return paths
    }

    private static func needed(_ bytes: [UInt8], _ path: String) throws(Failure) -> [String] {
        do throws(ELFError) {
            let file = try ELFFile(bytes)
            let dynamic = try ELFDynamic(file)
            var strings = try dynamic.strings(file)
            return try dynamic.needed(&strings)
        } catch {
            throw Failure(path: path, reason: error)
        }
    }
}

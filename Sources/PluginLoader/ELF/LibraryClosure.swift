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
    /// - Parameters:
    ///   - names: What the plugin needs itself.
    ///   - directory: The absolute path of the bundled libraries; what is not in it is the system's.
    ///   - needs: The names that a library at a path needs, or `nil` if there is none at that path.
    /// - Returns: The paths.
    /// - Throws: A bundled library that cannot be read.
    package static func paths(
        of names: [String],
        in directory: String,
        needs: (_ path: String) throws(ELFError) -> [String]?
    ) throws(Failure) -> [String] {
        var paths: [String] = []
        var seen: Set<String> = []
        // Libraries whose needs are being looked at, the plugin first: no recursion, however long the chain.
        var open: [(path: String?, needed: ArraySlice<String>)] = [(nil, names[...])]
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
            do throws(ELFError) {
                if let needed = try needs(path) { open.append((path, needed[...])) }
            } catch {
                throw Failure(path: path, reason: error)
            }
        }
        return paths
    }
}

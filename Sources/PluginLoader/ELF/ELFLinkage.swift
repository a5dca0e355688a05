/// What a library needs, and where the loader looks for that.
package struct ELFLinkage: Sendable, Equatable {
    /// The libraries that it is linked with, in their order.
    package let needed: [String]
    package let runpath: String?
    package let rpath: String?

    package init(needed: [String], runpath: String? = nil, rpath: String? = nil) {
        (self.needed, self.runpath, self.rpath) = (needed, runpath, rpath)
    }

    /// Reads the complete bytes of a library.
    package init(_ bytes: [UInt8]) throws(ELFError) {
        let file = try ELFFile(bytes)
        let dynamic = try ELFDynamic(file)
        var strings = try dynamic.strings(file)
        needed = try dynamic.needed(&strings)
        runpath = try dynamic.text(.runpath, &strings)
        rpath = try dynamic.text(.rpath, &strings)
    }

    /// Refuses what the loader would look up from the folder that this process happens to be in.
    package func check() throws(ELFError) {
        for component in components where folder(component, origin: "/") == nil {
            throw .relativeSearchPath(component)
        }
        for name in needed where name.contains("/") && !name.hasPrefix("/") { throw .relativeLibrary(name) }
    }

    /// The folders that are searched.
    ///
    /// - Parameter origin: The folder of the file itself, which `$ORIGIN` stands for.
    /// - Returns: Absolute paths, in the order of the search.
    package func folders(origin: String) -> [String] {
        components.compactMap { folder($0, origin: origin) }
    }

    /// An empty text is none for the loader, while an empty component is the current folder.
    private var components: [String] {
        [runpath, rpath].compactMap(\.self).filter { !$0.isEmpty }
            .flatMap { $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init) }
    }

    /// The folder that a component leads to wherever the process is; `nil` if there is none.
    private func folder(_ component: String, origin: String) -> String? {
        for token in ["$ORIGIN", "${ORIGIN}"] where component.hasPrefix(token) {
            let rest = component.dropFirst(token.count)
            return rest.isEmpty || rest.hasPrefix("/") && !rest.contains("$") ? origin + rest : nil
        }
        return component.hasPrefix("/") && !component.contains("$") ? component : nil
    }
}

extension ELFImage {
    package var linkage: ELFLinkage { ELFLinkage(needed: needed, runpath: runpath, rpath: rpath) }
}

/// Why a file is not loaded, and what mends it.
package enum ELFError: Error, Equatable {
    case empty
    /// The text says what the file looks like.
    case notELF(String)
    case program
    case notSharedLibrary(ELFType)
    case notSixtyFourBit(architecture: String)
    case foreignArchitecture(String, wanted: String)
    case truncated(missing: UInt64, size: Int)
    case malformed(String)
    /// With the exported names that may have been meant.
    case noEntry(exported: [String])
    case entryIsNoFunction
    case textRelocations
    case newerGlibc(GlibcRequirement, running: GlibcVersion)
    case staticTLS(size: UInt64, limit: UInt64)
    /// A component of the search path that is no absolute folder.
    case relativeSearchPath(String)
    case relativeLibrary(String)
}

extension ELFError: CustomStringConvertible {
    package var description: String { "\(reason); \(mend)" }

    /// What is wrong, to follow the file's name.
    package var reason: String {
        switch self {
        case .empty: "the file is empty"
        case .notELF(let look): "not a shared library but \(look)"
        case .program: "it is a program, not a plugin"
        case .notSharedLibrary(let type): "it is of the kind \(type), not a shared library"
        case .notSixtyFourBit(let architecture): "it is a 32-bit library for \(architecture)"
        case .foreignArchitecture(let found, let wanted): "built for \(found), but this machine is \(wanted)"
        case .truncated(let missing, let size):
            "the file is cut off: at least \(missing) bytes are missing after its \(size)"
        case .malformed(let what): "the file is damaged: \(what)"
        case .noEntry(let exported): "it does not export \(ELFImage.entryName)\(Self.list(exported))"
        case .entryIsNoFunction: "its \(ELFImage.entryName) is not a function"
        case .textRelocations: "its code needs relocations, which makes it writable and fails where that is forbidden"
        case .newerGlibc(let needed, let running):
            "it needs glibc \(needed.version) (\(Self.symbols(needed))), but this process has \(running)"
        case .staticTLS(let size, let limit):
            "it wants \(size) bytes of static thread-local storage, more than the \(limit) that are safe to give"
        case .relativeSearchPath(let component):
            "its search path (DT_RUNPATH) has the component \"\(component)\", which is no absolute folder"
        case .relativeLibrary(let name): "it needs the library \"\(name)\" by a path that is not absolute"
        }
    }

    /// What its author or operator can do.
    package var mend: String {
        switch self {
        case .empty, .truncated: "copy it again under another name, then rename it"
        case .notELF: "name the .so file that the linker wrote"
        case .program, .notSharedLibrary: "link it with -shared"
        case .notSixtyFourBit: "build it for \(ELFIdentity.hostArchitecture)"
        case .foreignArchitecture(_, let wanted): "build it for \(wanted)"
        case .malformed: "build or copy it again"
        case .noEntry:
            "define it as hookgate/plugin.h declares it, in C++ as extern \"C\", and let no version script hide it;"
                + " a library without it is bound by kind: ffi"
        case .entryIsNoFunction: "define it as hookgate/plugin.h declares it"
        case .textRelocations: "compile it with -fPIC"
        case .newerGlibc(_, let running): "build it on a system with glibc \(running) or older"
        case .staticTLS: "compile it with -ftls-model=global-dynamic"
        case .relativeSearchPath: "link it with absolute folders or $ORIGIN, or mend it with patchelf --set-rpath"
        case .relativeLibrary: "link that library with -soname, or mend it with patchelf --replace-needed"
        }
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "" : " (it exports \(names.joined(separator: ", ")))"
    }

    private static func symbols(_ needed: GlibcRequirement) -> String {
        guard !needed.symbols.isEmpty else { return needed.library }
        let more = needed.symbols.count > 3 ? " and \(needed.symbols.count - 3) more" : ""
        return "\(needed.symbols.prefix(3).joined(separator: ", "))\(more) of \(needed.library)"
    }
}

import PluginLoader

extension FuzzTarget {
    /// A dropped file: the reader runs none of it, and says what it is or why it is refused.
    package static let elf = FuzzTarget("elf") { input in
        let image: ELFImage
        do throws(ELFError) { image = try ELFImage(input) } catch {
            try demand(!error.description.isEmpty, "a refusal says why")
            return .refused
        }
        try demand(image.identity.bits == 64 && image.identity.type == .sharedObject, "only libraries are accepted")
        try demand(image.exports.count + image.imports.count <= input.count / 24, "each symbol takes its bytes")
        let needs = try demandValue("a second look reads it, too") { try ELFLinkage(input).needed }
        try demand(needs == image.needed, "what is needed is read the same twice")
        _ = (image.isPinned, image.toolchain.description, image.manifest)
        do throws(ELFError) {
            try image.checkLoadable(runningGlibc: GlibcVersion(2, 36))
            try image.checkEntry()
        } catch {
            try demand(!error.description.isEmpty, "a refusal says why")
        }
        return .accepted
    }
}

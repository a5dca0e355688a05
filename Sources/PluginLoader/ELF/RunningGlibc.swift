internal import Glibc

extension GlibcVersion {
    /// The version of the C library in this process; nil if it does not say.
    package static var running: GlibcVersion? {
        var text = [CChar](repeating: 0, count: 64)
        // "glibc 2.36" and a NUL, cut off at the buffer's size.
        let length = unsafe confstr(Int32(_CS_GNU_LIBC_VERSION), &text, text.count)
        guard length > 1, length <= text.count else { return nil }
        let version = String(decoding: text.prefix(length - 1).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return version.split(separator: " ").last.flatMap { GlibcVersion($0) }
    }
}

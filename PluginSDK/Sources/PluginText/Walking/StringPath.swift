/// Where a text lies in a value: `users[1].profile.bio`, `items[1]`, `[1].name`.
///
/// It is lent for one call and costs nothing until ``text`` is asked for, which may be kept.
@safe
public struct StringPath: ~Copyable {
    private let steps: Steps

    init(_ steps: Steps) {
        unsafe self.steps = unsafe steps
    }

    /// Names joined by dots, and indexes in brackets; empty if the text is the whole value.
    public var text: String {
        var text = ""
        for step in unsafe steps.all {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .name(let name): text += text.isEmpty ? name : "." + name
            }
        }
        return text
    }

    /// From a container to a value in it.
    enum Step {
        case index(Int)
        case name(String)
    }

    /// The way back from the text to the whole value.
    ///
    /// The places are on the stack of the walk, below the call that the path is lent to; a path cannot be copied, so
    /// it does not outlive them.
    @unsafe
    enum Steps {
        case block(UnsafePointer<BlockPlace>?)
        case value(UnsafePointer<ValuePlace>?)

        fileprivate var all: [Step] {
            var steps: [Step] = []
            switch unsafe self {
            case .block(var place):
                while let here = unsafe place {
                    unsafe steps.append(here.pointee.step)
                    unsafe place = unsafe here.pointee.parent
                }
            case .value(var place):
                while let here = unsafe place {
                    unsafe steps.append(here.pointee.step)
                    unsafe place = unsafe here.pointee.parent
                }
            }
            return steps.reversed()
        }
    }
}

@available(*, unavailable)
extension StringPath: Sendable {}

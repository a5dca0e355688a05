/// One event of libyaml's parser, copied out of its memory.
struct YAMLEvent {
    enum Content {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        case scalar(text: String, style: YAMLScalar.Style)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    let content: Content
    let position: SourcePosition
    var anchor: String?
    var tag: String?
}

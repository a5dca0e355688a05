import CHookgate

extension BrokenBlock {
    static let sharing = [
        BrokenBlock(
            "one text for two strings",
            "node at byte 24: string at bytes 16 to 20 overlaps another text or node"
        ) {
            let text = $0.text("text")
            $0.node(HG_ARRAY, 2, $0.nodes([(HG_STRING, 4, text), (HG_STRING, 4, text)]))
        },
        BrokenBlock(
            "texts that share a byte",
            "node at byte 24: string at bytes 16 to 20 overlaps another text or node"
        ) {
            let text = $0.text("12345678")
            $0.node(HG_ARRAY, 2, $0.nodes([(HG_STRING, 4, text), (HG_STRING, 5, text + 3)]))
        },
        BrokenBlock("a text in another", "node at byte 24: byte string at bytes 18 to 19 overlaps another text or node")
        {
            let text = $0.text("12345678")
            $0.node(HG_ARRAY, 2, $0.nodes([(HG_BYTES, 1, text + 2), (HG_BYTES, 8, text)]))
        },
        BrokenBlock("a text in a node", "node at byte 32: byte string at bytes 20 to 24 overlaps another text or node")
        {
            $0.node(HG_ARRAY, 2, $0.nodes([(HG_NULL, 0, 0), (HG_BYTES, 4, 20)]))
        },
        BrokenBlock("one array in two", "node at byte 32: array at bytes 16 to 32 overlaps another text or node") {
            let inner = $0.node(HG_NULL)
            $0.node(HG_ARRAY, 2, $0.nodes([(HG_ARRAY, 1, inner), (HG_ARRAY, 1, inner)]))
        },
        BrokenBlock(
            "arrays that share a node",
            "node at byte 64: array at bytes 16 to 48 overlaps another text or node"
        ) {
            let inner = $0.nodes([(HG_NULL, 0, 0), (HG_NULL, 0, 0), (HG_NULL, 0, 0)])
            $0.node(HG_ARRAY, 2, $0.nodes([(HG_ARRAY, 2, inner), (HG_ARRAY, 2, inner + 16)]))
        },
        BrokenBlock(
            "arrays that share half a node",
            "node at byte 56: array at bytes 24 to 40 overlaps another text or node"
        ) {
            let inner = $0.nodes([(HG_NULL, 0, 0), (HG_NULL, 0, 0)])
            $0.text("12345678")
            $0.node(HG_ARRAY, 2, $0.nodes([(HG_ARRAY, 1, inner + 8), (HG_ARRAY, 1, inner)]))
        },
        BrokenBlock(
            "a child that is its parent's sibling",
            "node at byte 32: array at bytes 16 to 32 overlaps another text or node"
        ) {
            $0.node(HG_ARRAY, 2, $0.nodes([(HG_NULL, 0, 0), (HG_ARRAY, 1, 16)]))
        },
        BrokenBlock("keys that share a text", "node at byte 24: key at bytes 16 to 17 overlaps another text or node") {
            let text = $0.text("a")
            $0.node(
                HG_OBJECT,
                2,
                $0.nodes([(HG_STRING, 1, text), (HG_NULL, 0, 0), (HG_STRING, 1, text), (HG_NULL, 0, 0)])
            )
        },
        BrokenBlock("a key that is its value", "node at byte 24: key at bytes 16 to 17 overlaps another text or node") {
            let text = $0.text("a")
            $0.node(HG_OBJECT, 1, $0.nodes([(HG_STRING, 1, text), (HG_STRING, 1, text)]))
        },
    ]

    static let keys =
        [(HG_NULL, UInt32(0)), (HG_INT64, 0), (HG_NUMBER, 1), (HG_BYTES, 1), (HG_ARRAY, 0), (HG_OBJECT, 0), (0, 0)].map
    {
        (type: Int, count: UInt32) in
        BrokenBlock("a key of type \(type)", "node at byte 24: a key is not a string, or its reserved bytes are not 0")
        {
            let text = $0.text("1")
            $0.node(HG_OBJECT, 1, $0.nodes([(type, count, count == 0 ? 0 : text), (HG_NULL, 0, 0)]))
        }
    } + [
        BrokenBlock("reserved byte of a key", "node at byte 24: a key is not a string, or its reserved bytes are not 0")
        {
            let text = $0.text("1")
            let key = $0.nodes([(HG_STRING, 1, text), (HG_NULL, 0, 0)])
            $0.set(UInt8(1), at: Int(key) + 2)
            $0.node(HG_OBJECT, 1, key)
        },
        BrokenBlock("a key that is not UTF-8", "node at byte 24: key at byte 16 is not UTF-8 at byte 16") {
            let text = $0.text([0xFF])
            $0.node(HG_OBJECT, 1, $0.nodes([(HG_STRING, 1, text), (HG_NULL, 0, 0)]))
        },
        BrokenBlock("an empty key with an offset", "node at byte 16: the offset of the empty key is 1, not 0") {
            $0.node(HG_OBJECT, 1, $0.nodes([(HG_STRING, 0, 1), (HG_NULL, 0, 0)]))
        },
        BrokenBlock("a key twice", #"node at byte 56: the key "a" occurs twice in its object"#) {
            let texts = [$0.text("a"), $0.text("a")]
            $0.node(
                HG_OBJECT,
                2,
                $0.nodes([(HG_STRING, 1, texts[0]), (HG_NULL, 0, 0), (HG_STRING, 1, texts[1]), (HG_NULL, 0, 0)])
            )
        },
        BrokenBlock("the empty key twice", #"node at byte 48: the key "" occurs twice in its object"#) {
            $0.node(
                HG_OBJECT,
                2,
                $0.nodes([(HG_STRING, 0, 0), (HG_NULL, 0, 0), (HG_STRING, 0, 0), (HG_NULL, 0, 0)])
            )
        },
        BrokenBlock("a key twice among forty", #"node at byte 1504: the key "key 10" occurs twice in its object"#) {
            block in
            var entries: [RawBlock.Node] = []
            for number in Array(10..<49) + [10] {
                entries.append((HG_STRING, 6, block.text("key \(number)")))
                entries.append((HG_NULL, 0, 0))
            }
            block.node(HG_OBJECT, 40, block.nodes(entries))
        },
    ]

    static let depths = [
        BrokenBlock("129 arrays", "node at byte 16: containers nest deeper than 128") {
            var inner = $0.node(HG_ARRAY)
            for _ in 0..<128 { inner = $0.node(HG_ARRAY, 1, inner) }
        },
        BrokenBlock("129 objects", "node at byte 32: containers nest deeper than 128") {
            var entry = $0.nodes([(HG_STRING, 0, 0), (HG_OBJECT, 0, 0)])
            for _ in 0..<127 { entry = $0.nodes([(HG_STRING, 0, 0), (HG_OBJECT, 1, entry)]) }
            $0.node(HG_OBJECT, 1, entry)
        },
    ]
}

/// The letters of Unicode 17 that are a letter and a mark, without those that a host cannot hold: capitals, and letters
/// that stand for others.
package enum CompositionTable {
    /// By its mark and its letter, the letter that is both.
    static let composites: [Unicode.Scalar: [Unicode.Scalar: Unicode.Scalar]] = Dictionary(
        uniqueKeysWithValues: rows.map { mark, letters in
            (mark, Dictionary(uniqueKeysWithValues: pairs(in: letters)))
        }
    )

    /// By the letter that is both, its letter and its mark.
    package static let pairs: [Unicode.Scalar: (Unicode.Scalar, Unicode.Scalar)] = Dictionary(
        uniqueKeysWithValues: rows.flatMap { mark, letters in pairs(in: letters).map { ($1, ($0, mark)) } }
    )

    private static func pairs(in letters: String) -> [(Unicode.Scalar, Unicode.Scalar)] {
        letters.unicodeScalars.split { $0 == " " || $0 == "\n" }.map {
            ($0[$0.startIndex], $0[$0.index(after: $0.startIndex)])
        }
    }

    /// For each mark, the letters without and with it.
    private static let rows: [(Unicode.Scalar, String)] = [
        (
            "\u{300}",
            """
            aà eè iì oò uù üǜ nǹ еѐ иѝ ēḕ ōṑ wẁ âầ ăằ êề ôồ ơờ ưừ yỳ ἀἂ ἁἃ ἐἒ ἑἓ ἠἢ ἡἣ ἰἲ ἱἳ ὀὂ ὁὃ ὐὒ ὑὓ ὠὢ
            ὡὣ αὰ εὲ ηὴ ιὶ οὸ υὺ ωὼ ϊῒ ϋῢ
            """
        ),
        (
            "\u{301}",
            """
            aá eé ií oó uú yý cć lĺ nń rŕ sś zź üǘ gǵ åǻ æǽ øǿ ϊΐ αά εέ ηή ιί ϋΰ οό υύ ωώ гѓ кќ çḉ ēḗ ïḯ kḱ
            mḿ õṍ ōṓ pṕ ũṹ wẃ âấ ăắ êế ôố ơớ ưứ ἀἄ ἁἅ ἐἔ ἑἕ ἠἤ ἡἥ ἰἴ ἱἵ ὀὄ ὁὅ ὐὔ ὑὕ ὠὤ ὡὥ
            """
        ),
        ("\u{302}", "aâ eê iî oô uû cĉ gĝ hĥ jĵ sŝ wŵ yŷ zẑ ạậ ẹệ ọộ"),
        ("\u{303}", "aã nñ oõ iĩ uũ vṽ âẫ ăẵ eẽ êễ ôỗ ơỡ ưữ yỹ"),
        ("\u{304}", "aā eē iī oō uū üǖ äǟ ȧǡ æǣ ǫǭ öȫ õȭ ȯȱ yȳ иӣ уӯ gḡ ḷḹ ṛṝ αᾱ ιῑ υῡ"),
        ("\u{306}", "aă eĕ gğ iĭ oŏ uŭ ий уў жӂ аӑ еӗ ȩḝ ạặ αᾰ ιῐ υῠ"),
        ("\u{307}", "cċ eė gġ zż aȧ oȯ bḃ dḋ fḟ hḣ mṁ nṅ pṗ rṙ sṡ śṥ šṧ ṣṩ tṫ wẇ xẋ yẏ 𐗒𐗉 𐗚𐗤"),
        ("\u{308}", "aä eë iï oö uü yÿ ιϊ υϋ её ії аӓ әӛ жӝ зӟ иӥ оӧ өӫ эӭ уӱ чӵ ыӹ hḧ õṏ ūṻ wẅ xẍ tẗ"),
        ("\u{309}", "aả âẩ ăẳ eẻ êể iỉ oỏ ôổ ơở uủ ưử yỷ"),
        ("\u{30A}", "aå uů wẘ yẙ"),
        ("\u{30B}", "oő uű уӳ"),
        ("\u{30C}", "cč dď eě lľ nň rř sš tť zž aǎ iǐ oǒ uǔ üǚ gǧ kǩ ʒǯ jǰ hȟ"),
        ("\u{30F}", "aȁ eȅ iȉ oȍ rȑ uȕ ѵѷ"),
        ("\u{311}", "aȃ eȇ iȋ oȏ rȓ uȗ"),
        ("\u{313}", "αἀ εἐ ηἠ ιἰ οὀ υὐ ωὠ ρῤ"),
        ("\u{314}", "αἁ εἑ ηἡ ιἱ οὁ υὑ ωὡ ρῥ"),
        ("\u{31B}", "oơ uư"),
        ("\u{323}", "bḅ dḍ hḥ kḳ lḷ mṃ nṇ rṛ sṣ tṭ vṿ wẉ zẓ aạ eẹ iị oọ ơợ uụ ưự yỵ"),
        ("\u{324}", "uṳ"),
        ("\u{325}", "aḁ"),
        ("\u{326}", "sș tț"),
        ("\u{327}", "cç gģ kķ lļ nņ rŗ sş tţ eȩ dḑ hḩ"),
        ("\u{328}", "aą eę iį uų oǫ"),
        ("\u{32D}", "dḓ eḙ lḽ nṋ tṱ uṷ"),
        ("\u{32E}", "hḫ"),
        ("\u{330}", "eḛ iḭ uṵ"),
        ("\u{331}", "bḇ dḏ kḵ lḻ nṉ rṟ tṯ zẕ hẖ"),
        (
            "\u{338}",
            """
            ←↚ →↛ ↔↮ ⇐⇍ ⇔⇎ ⇒⇏ ∃∄ ∈∉ ∋∌ ∣∤ ∥∦ ∼≁ ≃≄ ≅≇ ≈≉ =≠ ≡≢ ≍≭ <≮ >≯ ≤≰ ≥≱ ≲≴ ≳≵ ≶≸ ≷≹ ≺⊀ ≻⊁ ⊂⊄ ⊃⊅ ⊆⊈ ⊇⊉
            ⊢⊬ ⊨⊭ ⊩⊮ ⊫⊯ ≼⋠ ≽⋡ ⊑⋢ ⊒⋣ ⊲⋪ ⊳⋫ ⊴⋬ ⊵⋭
            """
        ),
        ("\u{342}", "ἀἆ ἁἇ ἠἦ ἡἧ ἰἶ ἱἷ ὐὖ ὑὗ ὠὦ ὡὧ αᾶ ηῆ ιῖ ϊῗ υῦ ϋῧ ωῶ"),
        ("\u{653}", "\u{627}\u{622}"),
        ("\u{654}", "\u{627}\u{623} \u{648}\u{624} \u{64A}\u{626} \u{6D5}\u{6C0} \u{6C1}\u{6C2} \u{6D2}\u{6D3}"),
        ("\u{655}", "\u{627}\u{625}"),
        ("\u{93C}", "\u{928}\u{929} \u{930}\u{931} \u{933}\u{934}"),
        ("\u{9BE}", "\u{9C7}\u{9CB}"),
        ("\u{9D7}", "\u{9C7}\u{9CC}"),
        ("\u{B3E}", "\u{B47}\u{B4B}"),
        ("\u{B56}", "\u{B47}\u{B48}"),
        ("\u{B57}", "\u{B47}\u{B4C}"),
        ("\u{BBE}", "\u{BC6}\u{BCA} \u{BC7}\u{BCB}"),
        ("\u{BD7}", "\u{B92}\u{B94} \u{BC6}\u{BCC}"),
        ("\u{C56}", "\u{C46}\u{C48}"),
        ("\u{CC2}", "\u{CC6}\u{CCA}"),
        ("\u{CD5}", "\u{CBF}\u{CC0} \u{CC6}\u{CC7} \u{CCA}\u{CCB}"),
        ("\u{CD6}", "\u{CC6}\u{CC8}"),
        ("\u{D3E}", "\u{D46}\u{D4A} \u{D47}\u{D4B}"),
        ("\u{D57}", "\u{D46}\u{D4C}"),
        ("\u{DCA}", "\u{DD9}\u{DDA} \u{DDC}\u{DDD}"),
        ("\u{DCF}", "\u{DD9}\u{DDC}"),
        ("\u{DDF}", "\u{DD9}\u{DDE}"),
        ("\u{102E}", "\u{1025}\u{1026}"),
        (
            "\u{1B35}",
            """
            \u{1B05}\u{1B06} \u{1B07}\u{1B08} \u{1B09}\u{1B0A} \u{1B0B}\u{1B0C} \u{1B0D}\u{1B0E}
            \u{1B11}\u{1B12} \u{1B3A}\u{1B3B} \u{1B3C}\u{1B3D} \u{1B3E}\u{1B40} \u{1B3F}\u{1B41}
            \u{1B42}\u{1B43}
            """
        ),
        (
            "\u{3099}",
            """
            かが きぎ くぐ けげ こご さざ しじ すず せぜ そぞ ただ ちぢ つづ てで とど はば ひび ふぶ へべ ほぼ うゔ ゝゞ カガ キギ クグ ケゲ コゴ サザ シジ スズ セゼ ソゾ
            タダ チヂ ツヅ テデ トド ハバ ヒビ フブ ヘベ ホボ ウヴ ワヷ ヰヸ ヱヹ ヲヺ ヽヾ
            """
        ),
        ("\u{309A}", "はぱ ひぴ ふぷ へぺ ほぽ ハパ ヒピ フプ ヘペ ホポ"),
        ("\u{110BA}", "\u{11099}\u{1109A} \u{1109B}\u{1109C} \u{110A5}\u{110AB}"),
        ("\u{11127}", "\u{11131}\u{1112E} \u{11132}\u{1112F}"),
        ("\u{1133E}", "\u{11347}\u{1134B}"),
        ("\u{11357}", "\u{11347}\u{1134C}"),
        ("\u{113B8}", "\u{113C2}\u{113C7}"),
        ("\u{113BB}", "\u{11384}\u{11385}"),
        ("\u{113C2}", "\u{1138B}\u{1138E} \u{113C2}\u{113C5}"),
        ("\u{113C9}", "\u{11382}\u{11383} \u{11390}\u{11391} \u{113C2}\u{113C8}"),
        ("\u{114B0}", "\u{114B9}\u{114BC}"),
        ("\u{114BA}", "\u{114B9}\u{114BB}"),
        ("\u{114BD}", "\u{114B9}\u{114BE}"),
        ("\u{115AF}", "\u{115B8}\u{115BA} \u{115B9}\u{115BB}"),
        ("\u{11930}", "\u{11935}\u{11938}"),
        ("\u{1611E}", "\u{1611E}\u{16121}"),
        ("\u{1611F}", "\u{1611E}\u{16123} \u{16129}\u{16124} \u{16121}\u{16126} \u{16122}\u{16127}"),
        ("\u{16120}", "\u{1611E}\u{16125} \u{16121}\u{16128}"),
        ("\u{16129}", "\u{1611E}\u{16122}"),
        ("\u{16D67}", "\u{16D67}\u{16D68} \u{16D63}\u{16D69} \u{16D69}\u{16D6A}"),
    ]
}

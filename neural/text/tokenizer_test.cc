#include "neural/text/tokenizer.h"

#include <gtest/gtest.h>

#include <random>

#include "neural/text/bpe.h"

using neural::parse_tokenizer_json;

namespace {

// A vocabulary in Gemma's manner: spaces become ▁, bytes fall back, the whole text is one word.
const char* kGemmaLike = R"({
  "added_tokens": [{"id": 0, "content": "<pad>", "special": true}, {"id": 1, "content": "<bos>", "special": true},
                   {"id": 2, "content": "<bos>x", "special": true}],
  "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
  "pre_tokenizer": {"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious", "invert": false},
  "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
    "vocab": {"<pad>": 0, "<bos>": 1, "<bos>x": 2, "<unk>": 3, "a": 4, "b": 5, "c": 6, "▁": 7, "ab": 8, "▁ab": 9, "bc": 10, "abc": 11,
              "<0xC3>": 12, "<0xA9>": 13, "aa": 14},
    "merges": [["a", "b"], ["▁", "ab"], "b c", ["ab", "c"], ["a", "a"]]}
})";

std::vector<int32_t> ids(std::string_view text) {
    const auto tokenizer = parse_tokenizer_json(kGemmaLike, "test");
    EXPECT_TRUE(tokenizer.ok());
    const auto result = (*tokenizer)->encode(text);
    EXPECT_TRUE(result.ok());
    return *result;
}
using Ids = std::vector<int32_t>;

TEST(TokenizerJson, MergesByRankNotByPlace) {
    EXPECT_EQ(ids("abc"), (Ids{11}));  // ab first (rank 0), then ab c
    EXPECT_EQ(ids("bc"), (Ids{10}));
    EXPECT_EQ(ids(" abc"), (Ids{9, 6}));  // ▁ ab has a better rank than ab c
    EXPECT_EQ(ids("aaa"), (Ids{14, 4}));  // the leftmost of equals
    EXPECT_EQ(ids(""), (Ids{}));
}

TEST(TokenizerJson, BytesFallBackAndUnknownRunsAreOne) {
    EXPECT_EQ(ids("é"), (Ids{12, 13}));
    EXPECT_EQ(ids("aééb"), (Ids{4, 12, 13, 12, 13, 5}));
    EXPECT_EQ(ids("a漢字b"), (Ids{4, 3, 5}));
}

TEST(TokenizerJson, AddedTokensAreTakenWholeAndTheLongestFirst) {
    EXPECT_EQ(ids("<bos>ab<pad>c"), (Ids{1, 8, 0, 6}));
    EXPECT_EQ(ids("<bos>xa"), (Ids{2, 4}));
}

TEST(TokenizerJson, RefusesWhatItCannotRead) {
    for (
        const char* json :
        {"", "[]", "{}", R"({"model":{"type":"WordPiece"}})", R"({"model":{"type":"BPE"}})",
         R"({"model":{"type":"BPE","vocab":{"a":-1},"merges":[]}})",
         R"({"model":{"type":"BPE","vocab":{"a":1},"merges":["a z"]}})",
         R"({"model":{"type":"BPE","vocab":{"a":1},"merges":[]},"normalizer":{"type":"NFKC"}})",
         R"({"model":{"type":"BPE","vocab":{"a":1},"merges":[]},"pre_tokenizer":{"type":"ByteLevel"}})"}) {
        const auto result = parse_tokenizer_json(json, "odd.json");
        ASSERT_FALSE(result.ok()) << json;
        EXPECT_NE(result.error().text().find("odd.json"), std::string::npos);
    }
    const auto tokenizer = parse_tokenizer_json(kGemmaLike, "test");
    EXPECT_FALSE((*tokenizer)->encode("\xff").ok());
}

// The heap and the plain definition (find the best pair, merge it, again) agree.
TEST(MergeTable, EqualsTheDefinition) {
    std::mt19937 random(5);
    for (int round = 0; round < 50; ++round) {
        neural::MergeTable table;
        std::vector<std::array<int32_t, 3>> rules;
        int32_t next = 4;
        while (next < 24) {
            const auto l = static_cast<int32_t>(random() % next),
                       r = static_cast<int32_t>(random() % next);
            const bool known = std::any_of(rules.begin(), rules.end(),
                                           [&](const auto& x) { return x[0] == l && x[1] == r; });
            if (known) continue;
            rules.push_back({l, r, next});
            table.add(l, r, next++);
        }
        std::vector<int32_t> fast(200);
        for (int32_t& s : fast) s = static_cast<int32_t>(random() % 4);
        std::vector<int32_t> slow = fast;
        table.apply(fast);
        for (bool merged = true; merged;) {
            merged = false;
            for (const auto& [l, r, m] : rules) {
                for (size_t i = 0; i + 1 < slow.size(); ++i) {
                    if (slow[i] == l && slow[i + 1] == r) {
                        slow[i] = m;
                        slow.erase(slow.begin() + static_cast<long>(i) + 1);
                        merged = true;
                        break;
                    }
                }
                if (merged) break;
            }
        }
        ASSERT_EQ(fast, slow) << round;
    }
}

TEST(ByteTokenizer, IsTheBytes) {
    const auto tokenizer = neural::byte_tokenizer();
    EXPECT_EQ(*tokenizer->encode("Aé"), (Ids{65, 0xc3, 0xa9}));
    EXPECT_EQ(tokenizer->id_of("<bos>"), 257);
}

}  // namespace

#include "neural/text/umt5_tokenizer.h"

#include <gtest/gtest.h>
#include <sentencepiece_processor.h>

#include <filesystem>
#include <fstream>

#include "neural/text/testing/tiny_tokenizer.h"
#include "neural/text/umt5_prompt.h"

using neural::text::clean_umt5_prompt;
using neural::text::Umt5Tokenizer;
using neural::text::unescape_html;

namespace {

TEST(Umt5Prompt, WhiteSpaceQuotesAndReferencesAreCleaned) {
    EXPECT_EQ(clean_umt5_prompt("  a\t\ncat\r\n on \xc2\xa0 the\xe3\x80\x80mat  "),
              "a cat on the mat");
    EXPECT_EQ(clean_umt5_prompt("\xe2\x80\x9cTom\xe2\x80\x99s\xe2\x80\x9d"), "\"Tom's\"");
    EXPECT_EQ(clean_umt5_prompt("salt &amp;amp; pepper"), "salt & pepper");
    EXPECT_EQ(clean_umt5_prompt("a&nbsp;&nbsp;b"), "a b");
    EXPECT_EQ(clean_umt5_prompt("a\x01\x7f"
                                "b\xef\xbb\xbf"),
              "ab");
    EXPECT_EQ(clean_umt5_prompt(" \n "), "");
    EXPECT_EQ(clean_umt5_prompt("\xff\xc0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    // What is in other scripts stays.
    EXPECT_EQ(clean_umt5_prompt("\xe7\x8c\xab\xef\xbc\x8c\xe7\x8b\x97"),
              "\xe7\x8c\xab\xef\xbc\x8c\xe7\x8b\x97");
}

TEST(Umt5Prompt, HtmlReferences) {
    EXPECT_EQ(unescape_html("&lt;b&gt;&quot;&apos;&#39;&#x27;&hellip;"), "<b>\"'''\xe2\x80\xa6");
    EXPECT_EQ(unescape_html("caf&eacute; &Omega; &euro;"), "caf\xc3\xa9 \xce\xa9 \xe2\x82\xac");
    EXPECT_EQ(unescape_html("&copy 2026 &ampersand"), "\xc2\xa9 2026 &ersand");
    EXPECT_EQ(unescape_html("AT&T &nosuch; & &; &#; &#x; 100%&"),
              "AT&T &nosuch; & &; &#; &#x; 100%&");
    EXPECT_EQ(unescape_html("&#150;&#0;&#xD800;&#99999999999;"),
              "\xe2\x80\x93\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

class Umt5TokenizerTest : public ::testing::Test {
protected:
    void SetUp() override {
        static const std::string trained = neural::text::testing::train_tokenizer(true);
        model_ = trained;
        if (model_.empty()) GTEST_SKIP() << "libsentencepiece's trainer is not installed";
    }
    std::string model_;
};

TEST_F(Umt5TokenizerTest, EndsEveryPromptAndCutsLongOnes) {
    const auto tokenizer = Umt5Tokenizer::parse(model_, "spiece.model");
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().text();
    const auto tokens = *tokenizer->encode("  the old   cat ");
    ASSERT_GT(tokens.size(), 1u);
    EXPECT_EQ(tokens.back(), 1);
    EXPECT_EQ(tokens, *tokenizer->encode("the old cat"));
    EXPECT_EQ(*tokenizer->encode(""), std::vector<int32_t>{1});
    std::string epic;
    for (int i = 0; i < 1000; ++i) epic += "the sun goes down ";
    const auto cut = *tokenizer->encode(epic);
    EXPECT_EQ(cut.size(), 512u);
    EXPECT_EQ(cut.back(), 1);
    EXPECT_EQ(tokenizer->encode(epic, 1)->size(), 1u);

    const auto padded = neural::text::pad_tokens(tokens, 512, tokenizer->pad_id());
    EXPECT_EQ(padded.ids.elements(), 512);
    EXPECT_EQ(padded.ids.i32()[511], 0);
    EXPECT_EQ(padded.mask.i32()[tokens.size() - 1], 1);
    EXPECT_EQ(padded.mask.i32()[tokens.size()], 0);
}

TEST_F(Umt5TokenizerTest, SaysTheSamePiecesAsTheLibrary) {
    sentencepiece::SentencePieceProcessor library;
    ASSERT_TRUE(library.LoadFromSerializedProto(model_).ok());
    const auto tokenizer = *Umt5Tokenizer::parse(model_, "spiece.model");
    EXPECT_EQ(tokenizer.pieces(), library.GetPieceSize());
    std::vector<int> want;
    ASSERT_TRUE(library.Encode("a red ship near the window", &want).ok());
    want.push_back(1);
    const auto got = *tokenizer.encode("a red ship near the window");
    EXPECT_EQ(std::vector<int>(got.begin(), got.end()), want);
}

TEST_F(Umt5TokenizerTest, KnowsWhichEncoderItBelongsTo) {
    const auto tokenizer = *Umt5Tokenizer::parse(model_, "spiece.model");
    const int64_t pieces = tokenizer.pieces();
    EXPECT_TRUE(tokenizer.fits(pieces).ok());
    EXPECT_TRUE(tokenizer.fits(pieces + 20).ok());
    for (const int64_t rows : {pieces - 1, 2 * pieces + 2, int64_t{256384}}) {
        const auto fits = tokenizer.fits(rows);
        ASSERT_FALSE(fits.ok()) << rows;
        EXPECT_EQ(fits.error().where, "spiece.model");
        EXPECT_NE(fits.error().message.find("another model"), std::string::npos);
    }
}

TEST_F(Umt5TokenizerTest, RefusesOtherFiles) {
    EXPECT_FALSE(Umt5Tokenizer::parse("", "empty").ok());
    EXPECT_FALSE(Umt5Tokenizer::parse("{\"model\": {}}", "tokenizer.json").ok());
    EXPECT_FALSE(Umt5Tokenizer::parse(model_.substr(0, model_.size() / 2), "half").ok());
    const auto other = Umt5Tokenizer::parse(neural::text::testing::train_tokenizer(false), "llama");
    ASSERT_FALSE(other.ok());
    EXPECT_NE(other.error().message.find("another model"), std::string::npos);
    EXPECT_FALSE(Umt5Tokenizer::load("/nowhere/spiece.model").ok());

    const auto folder = std::filesystem::temp_directory_path() / "aozora_umt5_tokenizer_test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "spiece.model", std::ios::binary) << model_;
    EXPECT_TRUE(Umt5Tokenizer::load(folder.string()).ok());
    std::filesystem::remove_all(folder);
}

}  // namespace

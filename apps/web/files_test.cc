#include "apps/web/files.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <regex>
#include <string>

namespace apps {
namespace {

const WebFile* find(std::string_view path) {
    for (const WebFile& file : web_files())
        if (file.path == path) return &file;
    return nullptr;
}

std::string unpacked(std::string_view packed, size_t most_bytes) {
    std::string out(most_bytes + 1, '\0');
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 16 + MAX_WBITS), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

TEST(WebFiles, EverythingThatThePageNamesIsThere) {
    const WebFile* page = find("/index.html");
    ASSERT_NE(page, nullptr);
    EXPECT_FALSE(page->immutable);
    const std::string text(page->bytes);
    const std::regex named("(?:src|href)=\"([^\"]+)\"");
    int count = 0;
    for (std::sregex_iterator at(text.begin(), text.end(), named), end; at != end; ++at, ++count)
        EXPECT_NE(find((*at)[1].str()), nullptr) << (*at)[1];
    EXPECT_GE(count, 4);
}

TEST(WebFiles, GzipHoldsTheSameBytes) {
    for (const WebFile& file : web_files()) {
        if (file.bytes_gzip.empty()) continue;
        EXPECT_LT(file.bytes_gzip.size(), file.bytes.size()) << file.path;
        EXPECT_EQ(unpacked(file.bytes_gzip, file.bytes.size()), file.bytes) << file.path;
    }
}

TEST(WebFiles, ScriptsFitTheBudget) {
    size_t bytes = 0;
    for (const WebFile& file : web_files())
        if (file.path.ends_with(".js"))
            bytes += file.bytes_gzip.empty() ? file.bytes.size() : file.bytes_gzip.size();
    EXPECT_GT(bytes, 0u);
    EXPECT_LT(bytes, 40u << 10);
}

TEST(WebFiles, NothingIsLoadedFromElsewhere) {
    for (const WebFile& file : web_files()) {
        const std::string text(file.bytes);
        const std::regex address("(?:https?:)?//[a-z0-9-]+\\.[a-z]{2,}[^\"'`) ]*");
        for (std::sregex_iterator at(text.begin(), text.end(), address), end; at != end; ++at)
            EXPECT_TRUE(at->str().starts_with("http://www.w3.org/"))
                << file.path << ": " << at->str();  // names, not addresses
        EXPECT_EQ(text.find("sourceMappingURL"), std::string::npos) << file.path;
    }
}

TEST(WebFiles, NamesAreUniqueInOrderAndTyped) {
    const auto files = web_files();
    EXPECT_TRUE(std::is_sorted(files.begin(), files.end(),
                               [](auto& a, auto& b) { return a.path < b.path; }));
    for (const WebFile& file : files) {
        EXPECT_EQ(file.etag.size(), 32u);
        EXPECT_FALSE(file.type.empty());
        EXPECT_EQ(file.immutable, file.path.starts_with("/assets/")) << file.path;
    }
}

}  // namespace
}  // namespace apps

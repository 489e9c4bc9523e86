// LAYERS at the root lists the only includes between rooms that are allowed.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;

using Allowed = std::map<std::string, std::set<std::string>>;

Allowed read_layers() {
    std::ifstream in(fs::path(AOZORA_SOURCE_DIR) / "LAYERS");
    Allowed allowed;
    std::string line;
    while (std::getline(in, line)) {
        if (line.empty() || line[0] == '#') continue;
        const size_t colon = line.find(':');
        std::set<std::string>& rooms = allowed[line.substr(0, colon)];
        std::istringstream rest(line.substr(colon + 1));
        for (std::string room; rest >> room;) rooms.insert(room);
    }
    return allowed;
}

struct Include {
    fs::path file;  // from the root
    int line;
    std::string path;
};

std::vector<Include> includes_of(const std::string& room) {
    std::vector<Include> found;
    const fs::path root(AOZORA_SOURCE_DIR);
    if (!fs::exists(root / room)) return found;
    static const std::regex kInclude("^\\s*#\\s*include\\s+\"([^\"]+)\"");
    for (const auto& entry : fs::recursive_directory_iterator(root / room)) {
        const std::string ending = entry.path().extension();
        if (ending != ".h" && ending != ".cc" && ending != ".inc") continue;
        std::ifstream in(entry.path());
        std::string text;
        for (int line = 1; std::getline(in, text); ++line) {
            std::smatch match;
            if (std::regex_search(text, match, kInclude))
                found.push_back({fs::relative(entry.path(), root), line, match[1]});
        }
    }
    return found;
}

TEST(Layers, OnlyAllowedArrowsBetweenRooms) {
    const Allowed allowed = read_layers();
    ASSERT_GE(allowed.size(), 12u);
    size_t seen = 0;
    for (const auto& [room, may_include] : allowed) {
        for (const Include& include : includes_of(room)) {
            ++seen;
            const std::string target = include.path.substr(0, include.path.find('/'));
            EXPECT_NE(include.path.substr(0, 2), "..") << include.file << ":" << include.line;
            if (target == room || allowed.count(target) == 0) continue;
            EXPECT_TRUE(may_include.count(target) > 0)
                << include.file.string() << ":" << include.line << " includes " << include.path
                << ", but LAYERS does not let " << room << " see " << target;
        }
    }
    EXPECT_GT(seen, 300u);
}

TEST(Layers, RenderAndSoundNeverSeeTheStep) {
    for (const std::string room : {"render", "sound"}) {
        for (const Include& include : includes_of(room)) {
            if (include.file.string().find("_test.cc") != std::string::npos) continue;
            EXPECT_NE(include.path.rfind("world/step/", 0), 0u)
                << include.file.string() << ":" << include.line << ": " << room
                << " sees world's record and shapes only";
        }
    }
}

TEST(Layers, TheDirectorSeesNeitherStoreNorMedia) {
    for (const Include& include : includes_of("studio/director")) {
        EXPECT_NE(include.path.rfind("store/", 0), 0u) << include.file << ":" << include.line;
        EXPECT_NE(include.path.rfind("media/", 0), 0u) << include.file << ":" << include.line;
    }
}

// Third-party types stay inside .cc files.
TEST(Layers, ForeignHeadersStayOutOfPublicHeaders) {
    static const std::regex kForeign(
        "^\\s*#\\s*include\\s+<(embree|bullet|btBullet|tbb/|oneapi/"
        "|libav|x264|flite|sndfile|ebur128|curl/|spdlog|boost/"
        "|sqlite3|libpq|openssl|sodium|toml|CLI/)");
    const fs::path root(AOZORA_SOURCE_DIR);
    for (const char* room :
         {"base", "script", "world", "sound", "media", "store", "studio", "apps"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / room)) {
            if (entry.path().extension() != ".h") continue;
            std::ifstream in(entry.path());
            std::string text;
            for (int line = 1; std::getline(in, text); ++line) {
                // A header that only its own folder includes may wrap a library's types.
                if (!std::regex_search(text, kForeign)) continue;
                const std::string own = fs::relative(entry.path(), root).string();
                const std::string folder = fs::relative(entry.path().parent_path(), root).string();
                for (const char* other : {"base", "script", "world", "render", "sound", "media",
                                          "store", "studio", "apps"}) {
                    for (const Include& include : includes_of(other)) {
                        if (include.path != own) continue;
                        EXPECT_EQ(include.file.parent_path().string(), folder)
                            << own << ":" << line << " shows a library's types, and "
                            << include.file << " includes it";
                    }
                }
            }
        }
    }
}

}  // namespace

// Where tests find the reference vectors and the tables of published tensor names: the folder of
// env AOZORA_GOLDENS, else tests/data/goldens.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "neural/goldens/verdict.h"
#include "neural/weights/source.h"

namespace neural::testing {

inline std::filesystem::path golden_folder() {
    const char* set = std::getenv("AOZORA_GOLDENS");
    return set && *set ? std::filesystem::path(set)
                       : std::filesystem::path(AOZORA_SOURCE_DIR) / "tests/data/goldens";
}

// Cases of the folder whose file begins with one of `prefixes`, all judged; at least one must be
// there.
inline void expect_goldens(const std::vector<std::string>& prefixes) {
    std::vector<std::string> files;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(golden_folder(), ignored)) {
        const std::string name = entry.path().filename().string();
        if (entry.path().extension() == ".safetensors" &&
            std::any_of(prefixes.begin(), prefixes.end(),
                        [&](const std::string& p) { return name.starts_with(p); }))
            files.push_back(entry.path().string());
    }
    if (files.empty()) GTEST_SKIP() << "no such vectors in " << golden_folder();
    for (const std::string& file : files) {
        const goldens::Verdict v = goldens::judge(file);
        EXPECT_TRUE(v.ok) << v.id << ": " << v.problem;
    }
}

// Compares what a loader asked for with names/TABLE: the same names, the same shapes.
inline void expect_table(const ShapesOnly& source, const std::string& table) {
    std::ifstream in(golden_folder() / "names" / table);
    if (!in) GTEST_SKIP() << "no table names/" << table << " in " << golden_folder();
    std::map<std::string, std::string> want;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        const size_t first = line.find('\t'), second = line.find('\t', first + 1);
        ASSERT_NE(second, std::string::npos) << line;
        want[line.substr(0, first)] = line.substr(first + 1, second - first - 1);
    }
    std::map<std::string, std::string> got;
    for (const auto& asked : source.asked()) got[asked.name] = asked.shape.text();
    EXPECT_EQ(got.size(), want.size());
    int shown = 0;
    for (const auto& [name, shape] : want) {
        if (got.contains(name) && got[name] == shape) continue;
        ADD_FAILURE() << name << " is " << shape << ", asked for "
                      << (got.contains(name) ? got[name] : "never");
        if (++shown == 10) break;
    }
    for (const auto& [name, shape] : got) {
        if (want.contains(name)) continue;
        ADD_FAILURE() << name << " " << shape << " is not in the table";
        if (++shown == 20) break;
    }
}

}  // namespace neural::testing

// For tests: what a loader asks for against the table of the published file, golden cases by name,
// and random tensors.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <sstream>
#include <string>

#include "neural/goldens/verdict.h"
#include "neural/testing/golden_files.h"
#include "neural/weights/generated.h"
#include "neural/weights/loader.h"

namespace neural::ltx::testing {

inline std::map<std::string, std::string> read_table(const std::string& table) {
    std::map<std::string, std::string> rows;
    std::ifstream file(neural::testing::golden_folder() / "names" / (table + ".tsv"));
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream fields(line);
        std::string name, shape;
        fields >> name >> shape;
        rows[name] = shape;
    }
    return rows;
}

// Loads with shapes only and compares names and shapes with names/TABLE.tsv. `below`: only the
// table's names that begin with it; `ignored`: names of the file that the net does not read.
inline void expect_table(const std::string& table, const std::string& prefix,
                         const std::function<base::Status(const Loader&)>& load,
                         const std::function<bool(const std::string&)>& ignored = {}) {
    auto want = read_table(table);
    ASSERT_FALSE(want.empty()) << table;
    const auto shapes = std::make_shared<ShapesOnly>();
    const base::Status status = load(Loader(shapes, prefix));
    ASSERT_TRUE(status.ok()) << status.error().text();
    for (const auto& asked : shapes->asked()) {
        const auto found = want.find(asked.name);
        if (found == want.end()) {
            ADD_FAILURE() << "not in the file: " << asked.name;
            continue;
        }
        EXPECT_EQ(found->second, asked.shape.text()) << asked.name;
        want.erase(found);
    }
    for (const auto& [name, shape] : want) {
        if (!ignored || !ignored(name)) ADD_FAILURE() << "not read: " << name << " " << shape;
    }
}

inline void expect_golden(const std::string& id) {
    const goldens::Verdict v =
        goldens::judge((neural::testing::golden_folder() / (id + ".safetensors")).string());
    EXPECT_TRUE(v.ok) << id << ": " << v.problem;
}

inline tensor::Tensor normal(const tensor::Shape& shape, uint32_t seed, float spread = 1.0f) {
    std::mt19937 engine(seed);
    std::normal_distribution<float> d(0.0f, spread);
    tensor::Tensor t(shape);
    for (int64_t i = 0; i < t.elements(); ++i) t.f32()[i] = d(engine);
    return t;
}

inline float largest_difference(const tensor::Tensor& a, const tensor::Tensor& b) {
    EXPECT_EQ(a.shape(), b.shape());
    if (a.shape() != b.shape()) return INFINITY;
    float worst = 0;
    for (int64_t i = 0; i < a.elements(); ++i) {
        const float d = std::abs(a.f32()[i] - b.f32()[i]);
        worst = std::isfinite(d) ? std::max(worst, d) : INFINITY;
    }
    return worst;
}

}  // namespace neural::ltx::testing

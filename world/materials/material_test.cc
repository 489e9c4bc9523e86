#include "world/materials/material.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "world/materials/material_table.h"

namespace world {
namespace {

// The words that all rooms agreed on stand in script/words/names.md after "**Materials**".
std::set<std::string> agreed_names() {
    std::ifstream in(AOZORA_SOURCE_DIR "/script/words/names.md");
    std::stringstream all;
    all << in.rdbuf();
    const std::string text = all.str();
    const size_t start = text.find("):", text.find("**Materials**")) + 2;
    std::istringstream words(text.substr(start, text.find("\n\n", start) - start));
    std::set<std::string> out;
    for (std::string word; words >> word;) out.insert(word);
    return out;
}

TEST(Materials, EveryAgreedNameHasFiguresAndNoOther) {
    std::set<std::string> ours;
    for (const Material& m : all_materials()) ours.insert(std::string(m.name));
    EXPECT_EQ(ours, agreed_names());
}

TEST(Materials, FiguresAreThinkable) {
    for (const Material& m : all_materials()) {
        EXPECT_GT(m.density_kgpm3, 10) << m.name;
        EXPECT_LT(m.density_kgpm3, 20000) << m.name;
        EXPECT_GT(m.friction, 0) << m.name;
        EXPECT_LE(m.friction, 1) << m.name;
        EXPECT_GE(m.restitution, 0) << m.name;
        EXPECT_LE(m.restitution, 0.95) << m.name;
        EXPECT_LT(m.rolling_friction_m, 0.03) << m.name;
        EXPECT_GT(m.poisson_ratio, 0) << m.name;
        EXPECT_LE(m.poisson_ratio, 0.5) << m.name;
        EXPECT_FALSE(m.source.empty()) << m.name;
    }
}

TEST(Materials, PairsAreSymmetricAndSofterPartnerDecides) {
    for (const Material& a : all_materials()) {
        for (const Material& b : all_materials()) {
            const Contact ab = contact_between(a.name, b.name),
                          ba = contact_between(b.name, a.name);
            EXPECT_EQ(ab.friction, ba.friction);
            EXPECT_EQ(ab.restitution, ba.restitution);
            EXPECT_LT(ab.restitution, 1);
        }
    }
    // Steel on sand answers like sand, steel on rubber like rubber.
    EXPECT_LT(contact_between("steel", "sand").restitution, 0.05);
    EXPECT_NEAR(contact_between("iron", "rubber").restitution, material("rubber").restitution,
                0.01);
}

TEST(Materials, MeasuredPairsNameKnownMaterials) {
    for (const MeasuredPair& pair : measured_pairs()) {
        EXPECT_NE(find_material(pair.a), nullptr) << pair.a;
        EXPECT_NE(find_material(pair.b), nullptr) << pair.b;
    }
    // A basketball that falls 1.8 m comes back to 1.2 .. 1.4 m, measured at its top (FIBA).
    const double e = contact_between("rubber", "wood").restitution;
    EXPECT_GT(1.8 * e * e + 0.24, 1.2);
    EXPECT_LT(1.8 * e * e + 0.24, 1.4);
}

}  // namespace
}  // namespace world

// The models that the program knows: where their files lie, what they may be used for, what they
// need. The table is table.cc.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace neural {

struct CatalogueFile {
    std::string_view part;        // what it is to the engine: "transformer", "text_encoder", ...
    std::string_view repository;  // on the hub: "Wan-AI/Wan2.1-T2V-1.3B"
    std::string_view path;        // in the repository; *.index.json brings its shards with it
    uint64_t bytes;               // about, shards included; the server says it exactly
};

struct CatalogueLicence {
    std::string_view name;
    std::string_view address;
    std::string_view summary;  // in plain words, lines of their own
    bool must_be_accepted;
};

// What one film of usual size costs: the estimate of `models`.
struct CatalogueWork {
    int width_px, height_px, frames;
    double fps;
    int steps, passes;     // forward passes of a step (guidance)
    double parameters;     // that a token meets
    int layers, width;     // of the transformer
    int64_t tokens;        // of that film
    uint64_t block_bytes;  // weights of one block
    uint64_t rest_bytes;   // weights outside the blocks
};

struct CatalogueModel {
    std::string_view id, title, makes;
    const CatalogueLicence* licence;
    std::span<const CatalogueFile> files;  // empty: made from a seed
    CatalogueWork work;

    bool is_built_in() const { return files.empty(); }
    uint64_t download_bytes() const;
    // Multiplications and additions of that film, without decoding: steps * passes *
    // (2 parameters tokens + 4 layers width tokens^2).
    double flop() const;
    // The transformer's weights in memory, and what it runs in when blocks are streamed: two
    // blocks, the rest, activations, a gigabyte for everything else. Estimates.
    uint64_t full_memory_bytes() const;
    uint64_t least_memory_bytes() const;
};

std::span<const CatalogueModel> catalogue();
const CatalogueModel* find_in_catalogue(std::string_view id);  // nullptr: not known

// "ltx-2.0, ltx-2.3, ..." for messages.
std::string catalogue_ids();

}  // namespace neural

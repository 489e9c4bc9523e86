// One golden case: inputs and wanted outputs of a component, from a reference implementation.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/core/result.h"
#include "base/json/json.h"
#include "neural/weights/source.h"

namespace neural::goldens {

struct Case {
    std::string id, family, version, component;
    uint64_t seed = 0;
    base::Json config = base::Json::object();
    base::Json run = base::Json::object();
    base::Json stats = base::Json::object();        // per output: rms, atol
    std::map<std::string, tensor::Tensor> tensors;  // in.*, out.*, mid.*, param.stored.*
    std::shared_ptr<const TensorSource>
        parameters;  // generated from the seed, stored ones included

    bool has(const std::string& name) const { return tensors.contains(name); }
    // `name` with its prefix ("in.latent"), f32 or i64 as stored.
    base::Result<tensor::Tensor> get(const std::string& name) const;
    // i64 tensors as i32; refuses what does not fit.
    base::Result<tensor::Tensor> get_i32(const std::string& name) const;
};

// Computed outputs by their name in the file ("out.velocity"). Every out.* of the case must be
// there; mid.* are welcome and go into the dump.
using Outputs = std::map<std::string, tensor::Tensor>;

base::Result<Case> read_case(const std::string& path);

// Configuration values with a default. Wrong types are a Result's error with the key's name.
base::Result<int64_t> integer(const base::Json& object, const std::string& key, int64_t missing);
base::Result<double> number(const base::Json& object, const std::string& key, double missing);
base::Result<bool> boolean(const base::Json& object, const std::string& key, bool missing);
base::Result<std::string> string(const base::Json& object, const std::string& key,
                                 const std::string& missing);
base::Result<std::vector<int64_t>> integers(const base::Json& object, const std::string& key,
                                            const std::vector<int64_t>& missing);

}  // namespace neural::goldens

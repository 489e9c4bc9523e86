// Several sources as one: shards of a model.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "neural/weights/source.h"

namespace neural {

// Which part holds which tensor. `name` stands in messages.
std::shared_ptr<TensorSource> merge_sources(
    const std::string& name, std::map<std::string, std::shared_ptr<TensorSource>> part_of);

// All tensors of all parts; a name that two of them hold is an error.
base::Result<std::shared_ptr<TensorSource>> merge_sources(
    const std::string& name, const std::vector<std::shared_ptr<TensorSource>>& parts);

}  // namespace neural

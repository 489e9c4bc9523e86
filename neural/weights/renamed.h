// A source whose tensors go by other names, so that files of another layout load without copies.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "neural/weights/source.h"

namespace neural {

// The new name of a tensor, or nullopt to hide it.
using NewName = std::function<std::optional<std::string>(const std::string& name)>;

// Of several tensors with one new name the first in the file's order of names is taken.
std::shared_ptr<const TensorSource> renamed(std::shared_ptr<const TensorSource> source,
                                            const NewName& new_name);

}  // namespace neural

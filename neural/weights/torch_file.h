// PyTorch's own files (.pth, torch.save): a ZIP of uncompressed entries, NAME/data.pkl with a
// pickle that describes the tensors and NAME/data/N with their bytes (pytorch/pytorch,
// torch/serialization.py; the pickle opcodes: Python's pickletools). Wan's text encoder and
// autoencoders are published in this form.
//
// A pickle is a program. This reader runs no code: it knows the few opcodes and the few names that
// a dictionary of tensors needs and refuses everything else.
#pragma once

#include <memory>
#include <string>

#include "neural/weights/source.h"

namespace neural {

// f32, f16, bf16, f64, e4m3, i8, u8, i32, i64; contiguous tensors only. Nested dictionaries give
// names joined by dots; other values are left out. Errors are located.
base::Result<std::shared_ptr<TensorSource>> parse_torch_file(std::shared_ptr<const std::byte> bytes,
                                                             size_t size, const std::string& name,
                                                             bool mapped = false);

}  // namespace neural

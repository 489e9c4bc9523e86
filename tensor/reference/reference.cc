#include "tensor/reference/reference.h"

namespace tensor {

Backend& reference_backend() {
    static ReferenceBackend backend;
    return backend;
}

}  // namespace tensor

"""Mail in: files are read, parsed and handed to the flow that receives them."""

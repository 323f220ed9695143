"""Who must be told what until they have heard it: alerts, the doorbell, the channels."""

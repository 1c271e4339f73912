export const Deliveries = () => null;
export const DeliveryPage = () => null;
